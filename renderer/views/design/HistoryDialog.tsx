/** Earlier texts of the scenario: when, what differs from now, and the way back. */
import { Button, Modal, UnstyledButton } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { ScenarioRevision } from '../../../host/contract/scenario-library.ts'
import { host } from '../../host-client/host.ts'
import { useDocument } from '../../stores/document-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { momentText } from '../../widgets/time-text.ts'
import { useDesign } from './design-store.ts'
import styles from './HistoryDialog.module.css'
import { lineDiff, withoutUnchanged } from './line-diff.ts'

/** Unchanged lines shown around a change. */
const CONTEXT_LINES = 3

export function HistoryDialog() {
  const isShown = useDesign((state) => state.historyShown)
  const show = useDesign((state) => state.show)
  return (
    <Modal
      opened={isShown}
      onClose={() => show('historyShown', false)}
      title="Earlier versions"
      size="min(1100px, 92vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Revisions onClose={() => show('historyShown', false)} />
    </Modal>
  )
}

function Revisions({ onClose }: { readonly onClose: () => void }) {
  const id = useDocument((state) => state.id)
  const text = useDocument((state) => state.text)
  const [revisions, setRevisions] = useState<readonly ScenarioRevision[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [chosen, setChosen] = useState(0)
  useEffect(() => {
    if (id === null) return
    void host.scenarioHistory(id).then(setRevisions, setError)
  }, [id])
  const others = useMemo(() => revisions?.filter((revision) => revision.text !== text) ?? null, [revisions, text])
  if (error !== null) return <ErrorPanel title="The earlier versions could not be read." error={error} />
  if (others === null) return <Loading label="Loading earlier versions" />
  const revision = others[chosen] ?? others[0]
  if (revision === undefined) {
    return <EmptyState title="No earlier version">Every edit that is saved can be found here later.</EmptyState>
  }
  const restore = (): void => {
    useDocument.getState().replaceText(revision.text, `Restore the version of ${momentText(revision.savedMs)}`)
    onClose()
  }
  return (
    <div className={styles['panes']}>
      <ul className={styles['list']} aria-label="Versions">
        {others.map((other, index) => (
          <li key={other.revision}>
            <UnstyledButton
              className={styles['version']}
              aria-current={other === revision}
              onClick={() => setChosen(index)}
            >
              {momentText(other.savedMs)}
              <span className={styles['number']}>version {other.revision}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <div className={styles['right']}>
        <div className={styles['head']}>
          <span>What restoring it would change</span>
          <Button onClick={restore}>Restore</Button>
        </div>
        <Difference older={text} newer={revision.text} />
      </div>
    </div>
  )
}

const signs = { same: ' ', removed: '−', added: '+' } as const

function Difference({ older, newer }: { readonly older: string; readonly newer: string }) {
  const lines = useMemo(() => withoutUnchanged(lineDiff(older, newer), CONTEXT_LINES), [older, newer])
  return (
    // Long differences scroll, and whoever scrolls by keyboard must be able to stand here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['diff']} aria-label="Difference to the present text" tabIndex={0}>
      {lines.map((line, index) =>
        line === null ? (
          <div key={`gap ${index}`} className={styles['gap']}>
            ⋯
          </div>
        ) : (
          <div key={`${index} ${line.text}`} className={styles['line']} data-kind={line.kind}>
            <span className={styles['sign']}>{signs[line.kind]}</span>
            <span>{line.text}</span>
          </div>
        ),
      )}
    </section>
  )
}
