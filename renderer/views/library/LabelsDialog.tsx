/** Tags and notes of a scenario or a run. */
import { Button, Group, Modal, TagsInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useLibrary } from '../../stores/library-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { toastError } from '../../widgets/toast.tsx'
import { tagsOf } from './card-order.ts'

interface Labels {
  readonly tags: readonly string[]
  readonly notes: string
}

export interface LabelsDialogProps {
  /** Of what. */
  readonly title: string
  readonly labels: Labels
  readonly onSave: (labels: Labels) => Promise<void>
  readonly onClose: () => void
}

export function LabelsDialog({ title, labels, onSave, onClose }: LabelsDialogProps) {
  const [tags, setTags] = useState<string[]>([...labels.tags])
  const [notes, setNotes] = useState(labels.notes)
  const cards = useLibrary((state) => state.cards)
  const runs = useRuns((state) => state.summaries)
  const save = async (): Promise<void> => {
    try {
      await onSave({ tags, notes })
      onClose()
    } catch (error) {
      toastError('Tags and notes are not saved', error)
    }
  }
  return (
    <Modal opened onClose={onClose} title={`Tags and notes: ${title}`} size={460}>
      <TagsInput
        label="Tags"
        description="Press Enter after each."
        data={[...tagsOf([...cards, ...runs])]}
        value={tags}
        onChange={setTags}
        clearable
        openOnFocus={false}
        data-autofocus
      />
      <Textarea
        label="Notes"
        mt="md"
        autosize
        minRows={4}
        maxRows={12}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={() => void save()}>Save</Button>
      </Group>
    </Modal>
  )
}
