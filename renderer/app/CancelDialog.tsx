/** Asks before a run that has been going for a while is cancelled. */
import { Button, Group, Modal, Text } from '@mantine/core'
import { cancelRun, useCancelQuestion } from './cancel-run.ts'

export function CancelDialog() {
  const run = useCancelQuestion((state) => state.run)
  const keep = (): void => useCancelQuestion.setState({ run: null })
  return (
    <Modal opened={run !== null} onClose={keep} title={run === null ? '' : `Cancel run #${run.number}?`} size={420}>
      <Text size="md">What is simulated by now is kept as a partial result. The rest is not computed.</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={keep} data-autofocus>
          Keep running
        </Button>
        <Button color="red" onClick={() => run !== null && void cancelRun(run)}>
          Cancel the run
        </Button>
      </Group>
    </Modal>
  )
}
