/** The scenario that is being worked on. Its text is the truth; fields and canvas are views of it that edit the text. */
import { create } from 'zustand'
import { host, onHostEvent, onReconnected } from '../host-client/host.ts'
import { documentState } from './document-state.ts'

export const useDocument = create(
  documentState({
    host,
    storage: localStorage,
    nowMs: () => Date.now(),
    later: (action, afterMs) => {
      const timer = setTimeout(action, afterMs)
      return () => clearTimeout(timer)
    },
  }),
)

onHostEvent((event) => {
  if (event.event === 'scenario-changed') useDocument.getState().noticeSaved(event.id, event.revision)
})

/** What could not be had while the host was away is asked for again. */
onReconnected(() => {
  const { id, phase, open } = useDocument.getState()
  if (phase === 'failed' && id !== null) void open(id)
  else if (id !== null) void catchUp(id).catch(() => undefined)
})

/** Hands over what is unsaved, then looks whether another window saved meanwhile. */
async function catchUp(id: string): Promise<void> {
  await useDocument.getState().flush()
  const { revision } = await host.readScenario(id)
  useDocument.getState().noticeSaved(id, revision)
}

/** A page that is left or hidden hands over what it has. */
addEventListener('pagehide', () => void useDocument.getState().flush())
addEventListener('visibilitychange', () => void useDocument.getState().flush())
