/** The scenario as a table: everything the canvas shows and does, for keyboard and screen reader. */
import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPlugConnected, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { nameOf } from '../../canvas/flow-elements.ts'
import { KindIcon } from '../../canvas/KindIcon.tsx'
import { language } from '../../stores/document-language.ts'
import { entryOfSelection } from '../../stores/document-path.ts'
import { useDocument } from '../../stores/document-store.ts'
import { connectOrAsk, removeEntry } from './canvas-edits.ts'
import styles from './ComponentTable.module.css'
import { ConnectDialog } from './ConnectDialog.tsx'
import type { ConnectionWay } from './connections.ts'
import { waysToConnect } from './connections.ts'
import { useDesign } from './design-store.ts'
import { tableRows } from './table-rows.ts'
import type { TableRow } from './table-rows.ts'
import { useTopology } from './use-topology.ts'

/** More would make rows too high to compare. */
const FACTS_SHOWN = 4

interface Asking {
  readonly source: string
  readonly target: string
  readonly ways: readonly ConnectionWay[]
}

export function ComponentTable() {
  const topology = useTopology()
  const value = useDocument((state) => state.value)
  const problems = useDocument((state) => state.problems)
  const selected = useDocument((state) => entryOfSelection(state.selection))
  const isLocked = useDocument((state) => state.saved.state === 'read-only' || state.isBroken)
  const [asking, setAsking] = useState<Asking | null>(null)
  const rows = useMemo(() => tableRows(language, value, topology, problems), [value, topology, problems])
  const connect = (source: string, target: string): void => {
    const ways = connectOrAsk(source, target)
    if (ways.length > 0) setAsking({ source, target, ways })
  }
  return (
    <div className={styles['place']}>
      <table className={styles['table']}>
        <caption className={styles['caption']}>Components of the scenario</caption>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Configuration</th>
            <th scope="col">Uses</th>
            <th scope="col">Used by</th>
            <th scope="col">
              <span className={styles['hidden']}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} aria-selected={row.id === selected} data-selected={row.id === selected}>
              <th scope="row">
                <SelectButton selection={row.id}>{row.name}</SelectButton>
                <span className={styles['kind']}>
                  <KindIcon icon={row.icon} size={14} /> {row.kind}
                </span>
                {row.problems > 0 && <span className={styles['problems']}>{problemsText(row.problems)}</span>}
              </th>
              <td>
                <Facts row={row} />
              </td>
              <td>
                <ul className={styles['uses']}>
                  {row.uses.map(({ text, selection }) => (
                    <li key={`${selection} ${text}`}>
                      <SelectButton selection={selection}>{text}</SelectButton>
                    </li>
                  ))}
                </ul>
              </td>
              <td>{[...new Set(row.usedBy)].join(', ')}</td>
              <td className={styles['actions']}>
                {!isLocked && <Actions row={row} rows={rows} onConnect={connect} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles['empty']}>No components yet. Add one from the list on the left.</p>}
      {asking !== null && <ConnectDialog {...asking} onClose={() => setAsking(null)} />}
    </div>
  )
}

function problemsText(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`
}

function SelectButton({ selection, children }: { readonly selection: string; readonly children: string }) {
  return (
    <UnstyledButton
      className={styles['select']}
      onClick={() => {
        useDocument.getState().select(selection)
        useDesign.getState().show('inspectorShown', true)
      }}
    >
      {children}
    </UnstyledButton>
  )
}

function Facts({ row }: { readonly row: TableRow }) {
  return (
    <dl className={styles['facts']}>
      {row.facts.slice(0, FACTS_SHOWN).map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface ActionsProps {
  readonly row: TableRow
  readonly rows: readonly TableRow[]
  readonly onConnect: (source: string, target: string) => void
}

function Actions({ row, rows, onConnect }: ActionsProps) {
  const value = useDocument((state) => state.value)
  const targets = useMemo(
    () =>
      rows.filter(
        ({ id, isOnCanvas }) => isOnCanvas && id !== row.id && waysToConnect(language, value, row.id, id).length > 0,
      ),
    [rows, row.id, value],
  )
  return (
    <>
      {targets.length > 0 && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Connect ${row.name}`}>
              <IconPlugConnected size={16} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Connect {row.name} to</Menu.Label>
            {targets.map(({ id, icon }) => (
              <Menu.Item
                key={id}
                leftSection={<KindIcon icon={icon} size={15} />}
                onClick={() => onConnect(row.id, id)}
              >
                {nameOf(id)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Tooltip label={`Remove ${row.name}`}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${row.name}`} onClick={() => removeEntry(row.id)}>
          <IconTrash size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
