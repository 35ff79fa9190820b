/** Tells the user what happened to the host: what it says at its start, and that it was started anew. */
import type { HostInfo, HostNotice } from '../../host/contract/host-api.ts'
import type { RunSummary } from '../../host/contract/run-records.ts'
import { host, onHostEvent, onReconnected } from '../host-client/host.ts'
import { useConnection } from '../stores/connection-store.ts'
import { useRuns } from '../stores/runs-store.ts'
import { sentence } from '../widgets/explained.ts'
import { isUnderWay } from '../widgets/run-words.ts'
import { toast } from '../widgets/toast.tsx'

const tones = { info: 'neutral', warning: 'unsure', error: 'bad' } as const

/** Begins to tell. */
export function tellHostNews(): void {
  // What a later host says at its start is part of the message that it was started anew.
  let met = false
  useConnection.subscribe(({ info }) => {
    if (info === null || met) return
    met = true
    for (const notice of info.notices) tellNotice(notice)
  })
  onHostEvent((event) => {
    if (event.event === 'notice') tellNotice(event.notice)
  })
  onReconnected((now, then) => void tellReturn(now, then))
}

function tellNotice({ level, message, hint }: HostNotice): void {
  toast({ title: sentence(message), message: sentence(hint), tone: tones[level], stays: level !== 'info' })
}

async function tellReturn(now: HostInfo, then: HostInfo | null): Promise<void> {
  if (then === null) return
  if (now.startId === then.startId) {
    toast({ id: 'connection', message: 'Connected to the host again.', tone: 'good' })
    return
  }
  if (now.notices.length > 0) {
    const said = now.notices.map(({ message, hint }) => `${sentence(message)} ${sentence(hint)}`)
    toast({
      id: 'connection',
      title: 'The host was started anew',
      message: said.join(' '),
      tone: 'unsure',
      stays: true,
    })
    return
  }
  const cutOff = await interruptedAmong(useRuns.getState().summaries.filter(({ status }) => isUnderWay(status)))
  toast({
    id: 'connection',
    title: 'The host was started anew',
    message: returnText(cutOff),
    tone: cutOff.length === 0 ? 'good' : 'unsure',
    stays: cutOff.length > 0,
  })
}

/** What the new start means for the work. */
export function returnText(interrupted: readonly Pick<RunSummary, 'number'>[]): string {
  if (interrupted.length === 0) return 'Nothing was under way, and nothing is lost.'
  const names = interrupted.map(({ number }) => `#${number}`).join(', ')
  return interrupted.length === 1
    ? `Run ${names} was interrupted. Run it again for its result; your scenarios are as you left them.`
    : `Runs ${names} were interrupted. Run them again for their results; your scenarios are as you left them.`
}

async function interruptedAmong(runs: readonly RunSummary[]): Promise<readonly RunSummary[]> {
  if (runs.length === 0) return []
  try {
    const ids = new Set(runs.map(({ id }) => id))
    return (await host.listRuns({})).filter(({ id, status }) => ids.has(id) && status === 'interrupted')
  } catch {
    return []
  }
}
