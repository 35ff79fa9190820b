/** What may be added to the scenario: kinds on the canvas first, the others under "more". Click, or drag onto the canvas. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { KindIcon } from '../canvas/KindIcon.tsx'
import { language } from '../stores/document-language.ts'
import { useDocument } from '../stores/document-store.ts'
import styles from './Palette.module.css'
import type { PaletteItem } from './palette-model.ts'
import { additionOf, paletteItems } from './palette-model.ts'

/** Type of what is dragged from the palette; its data is the id of the item. */
export const PALETTE_DRAG_TYPE = 'application/x-headroom-kind'

/** Adds a thing as one step of undo, selects it, and answers its selection; undefined where nothing can be added. */
export function addFromPalette(id: string): string | undefined {
  const { value, isBroken, saved, change, select } = useDocument.getState()
  if (isBroken || saved.state === 'read-only') return undefined
  const addition = additionOf(language, id, value)
  if (addition === undefined) return undefined
  change(addition.path, addition.value, addition.label)
  select(addition.selection)
  return addition.selection
}

const items = paletteItems(language)

export function Palette() {
  const isDisabled = useDocument(
    (state) => state.phase !== 'ready' || state.isBroken || state.saved.state === 'read-only',
  )
  const [showsMore, setShowsMore] = useState(true)
  return (
    <div className={styles['palette']} role="toolbar" aria-label="Add to the scenario" aria-orientation="vertical">
      {items
        .filter(({ isOnCanvas }) => isOnCanvas)
        .map((item) => (
          <PaletteButton key={item.id} item={item} isDisabled={isDisabled} />
        ))}
      <UnstyledButton className={styles['more']} aria-expanded={showsMore} onClick={() => setShowsMore(!showsMore)}>
        <IconChevronRight
          className={styles['chevron']}
          data-open={showsMore || undefined}
          size={12}
          aria-hidden="true"
        />
        More
      </UnstyledButton>
      {showsMore &&
        items
          .filter(({ isOnCanvas }) => !isOnCanvas)
          .map((item) => <PaletteButton key={item.id} item={item} isDisabled={isDisabled} />)}
    </div>
  )
}

function PaletteButton({ item, isDisabled }: { readonly item: PaletteItem; readonly isDisabled: boolean }) {
  return (
    <Tooltip label={item.help} multiline maw={240} openDelay={500} position="right">
      <button
        type="button"
        className={styles['item']}
        disabled={isDisabled}
        draggable={!isDisabled}
        aria-label={`Add ${item.label.toLowerCase()}`}
        onDragStart={(event) => {
          event.dataTransfer.setData(PALETTE_DRAG_TYPE, item.id)
          event.dataTransfer.effectAllowed = 'copy'
        }}
        onClick={() => addFromPalette(item.id)}
      >
        <KindIcon icon={item.icon} size={18} />
        <span>{item.label}</span>
      </button>
    </Tooltip>
  )
}
