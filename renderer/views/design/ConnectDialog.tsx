/** Asks how one component comes to use another: which endpoint takes the step, which step, and what it asks for. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { nameOf } from '../../canvas/flow-elements.ts'
import { connect } from './canvas-edits.ts'
import type { ConnectionWay } from './connections.ts'

export interface ConnectDialogProps {
  readonly source: string
  readonly target: string
  /** At least one. */
  readonly ways: readonly ConnectionWay[]
  readonly onClose: () => void
}

export function ConnectDialog({ source, target, ways, onClose }: ConnectDialogProps) {
  const [word, setWord] = useState(ways[0]?.word ?? '')
  const way = ways.find((candidate) => candidate.word === word) ?? ways[0]
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  if (way === undefined) return null
  const chosenFrom = way.from.find((member) => member === from) ?? way.from[0]
  const chosenTo = way.to.find((member) => member === to) ?? way.to[0]
  const accept = (): void => {
    connect(source, target, { way, from: chosenFrom, to: chosenTo })
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Connect ${nameOf(source)} to ${nameOf(target)}`}
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          accept()
        }}
      >
        <Stack gap="md">
          {way.from.length > 0 && (
            <Select
              label={`What ${nameOf(source)} does`}
              data={way.from.map((member) => ({ value: member, label: nameOf(member) }))}
              value={chosenFrom ?? null}
              onChange={setFrom}
              allowDeselect={false}
            />
          )}
          <Select
            label="Step"
            data={ways.map((candidate) => ({ value: candidate.word, label: candidate.word }))}
            value={way.word}
            onChange={(value) => setWord(value ?? way.word)}
            allowDeselect={false}
            data-autofocus
          />
          <Text size="xs" c="var(--hr-text-dim)">
            {way.help}
          </Text>
          {way.to.length > 0 && (
            <Select
              label={`What it asks ${nameOf(target)} for`}
              data={[...way.to]}
              value={chosenTo ?? null}
              onChange={setTo}
              allowDeselect={false}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Connect</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
