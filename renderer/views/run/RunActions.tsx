/** The buttons of the screen: run; while it runs, pause, resume and cancel. */
import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { askToCancel } from '../../app/cancel-run.ts'
import { runScenario } from '../../app/run-scenario.ts'
import { useIsConnected } from '../../stores/connection-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { toastError } from '../../widgets/toast.tsx'
import type { RunSettings } from './run-settings.ts'
import { requestOf } from './run-settings.ts'
import type { ShownRun } from './shown-run.ts'

export interface RunActionsProps {
  readonly scenarioId: string
  readonly settings: RunSettings
  readonly shown: ShownRun | undefined
  readonly whyNot: string | null
}

export function RunActions({ scenarioId, settings, shown, whyNot }: RunActionsProps) {
  const isConnected = useIsConnected()
  if (shown !== undefined && isUnderWay(shown.summary.status)) {
    return <ControlButtons shown={shown} whyNot={isConnected ? null : 'The connection to the host is lost.'} />
  }
  return (
    <>
      {shown !== undefined && shown.summary.endedMs !== null && (
        <Button variant="default" onClick={() => useView.getState().go('results', shown.summary.id)}>
          See results
        </Button>
      )}
      <GuardedButton
        whyNot={whyNot}
        leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
        onClick={() => void runScenario(requestOf(scenarioId, settings))}
      >
        Run
      </GuardedButton>
    </>
  )
}

function ControlButtons({ shown: { summary }, whyNot }: { readonly shown: ShownRun; readonly whyNot: string | null }) {
  const isPaused = summary.status === 'paused'
  const control = async (action: 'pause' | 'resume'): Promise<void> => {
    try {
      await useRuns.getState().control({ id: summary.id, action })
    } catch (error) {
      toastError(`Run #${summary.number} goes on as it was`, error)
    }
  }
  return (
    <>
      <GuardedButton
        variant="default"
        whyNot={whyNot}
        leftSection={<IconPlayerStop size={16} aria-hidden="true" />}
        onClick={() => askToCancel(summary)}
      >
        Cancel
      </GuardedButton>
      <GuardedButton
        whyNot={summary.status === 'queued' ? 'It waits for the run before it.' : whyNot}
        leftSection={
          isPaused ? <IconPlayerPlay size={16} aria-hidden="true" /> : <IconPlayerPause size={16} aria-hidden="true" />
        }
        onClick={() => void control(isPaused ? 'resume' : 'pause')}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </GuardedButton>
    </>
  )
}
