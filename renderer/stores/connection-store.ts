/** Whether there is a host, and which. */
import { create } from 'zustand'
import type { HostInfo } from '../../host/contract/host-api.ts'
import { onLinkState } from '../host-client/host.ts'

export interface ConnectionState {
  readonly phase: 'connecting' | 'connected' | 'lost'
  /** Of the host, also of the one that was lost; null before the first answer. */
  readonly info: HostInfo | null
  /** When it tries again, in ms since 1970; null unless lost. */
  readonly retryAtMs: number | null
}

export const useConnection = create<ConnectionState>()(() => ({ phase: 'connecting', info: null, retryAtMs: null }))

onLinkState((state) => {
  useConnection.setState({
    phase: state.phase,
    retryAtMs: state.phase === 'lost' ? state.retryAtMs : null,
    ...(state.phase === 'connected' ? { info: state.info } : {}),
  })
})

/** Whether the host answers: what needs it is disabled otherwise. */
export function useIsConnected(): boolean {
  return useConnection(({ phase }) => phase === 'connected')
}

/** Why nothing can be written now, in a sentence; null when it can. For the hint of a disabled button. */
export function useWhyNotWritable(): string | null {
  return useConnection(({ phase, info }) => {
    if (phase === 'connecting') return 'The host is starting.'
    if (phase === 'lost') return 'The connection to the host is lost.'
    return info?.readOnlyReason ?? null
  })
}
