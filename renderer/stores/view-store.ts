/** Which screen is shown and of what: a mirror of the page's address, so that a link shows the same. */
import { create } from 'zustand'

export const viewNames = ['library', 'design', 'run', 'results', 'compare'] as const
export type ViewName = (typeof viewNames)[number]

/** An address: `#/results/run-id?tab=cache`, as `{ view: 'results', subject: 'run-id', parameters: { tab: 'cache' } }`. */
export interface Address {
  readonly view: ViewName
  /** A scenario in library, design and run; a run in results; runs separated by commas in compare. Empty for none. */
  readonly subject: string
  readonly parameters: Readonly<Record<string, string>>
}

interface ViewState {
  readonly address: Address
  /** Shows another screen; the browser's back button leads here again. */
  readonly go: (view: ViewName, subject?: string, parameters?: Readonly<Record<string, string>>) => void
  /** Names what an address without a subject means, without an entry in the browser's history. */
  readonly name: (subject: string) => void
  /** Changes parameters of the present screen without an entry in the browser's history; undefined takes one away. */
  readonly set: (parameters: Readonly<Record<string, string | undefined>>) => void
}

/** Reads what stands behind `#`; what makes no sense is the library. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/u, '').split('?')
  const [name = '', ...rest] = path.split('/')
  const view = viewNames.find((known) => known === name) ?? 'library'
  const subject = view === name ? decoded(rest.join('/')) : ''
  return { view, subject, parameters: Object.fromEntries(new URLSearchParams(query)) }
}

/** Writes what `parseAddress` reads. */
export function addressText({ view, subject, parameters }: Address): string {
  const query = new URLSearchParams(parameters).toString()
  return `#/${view}${subject === '' ? '' : `/${encodeURIComponent(subject)}`}${query === '' ? '' : `?${query}`}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

export const useView = create<ViewState>()((set, get) => ({
  address: parseAddress(location.hash),
  go(view, subject = '', parameters = {}) {
    const address = { view, subject, parameters }
    history.pushState(null, '', addressText(address))
    set({ address })
  },
  name(subject) {
    const address = { ...get().address, subject }
    history.replaceState(null, '', addressText(address))
    set({ address })
  },
  set(changes) {
    const { address } = get()
    const entries = Object.entries({ ...address.parameters, ...changes })
    const parameters = Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
    const changed = { ...address, parameters }
    history.replaceState(null, '', addressText(changed))
    set({ address: changed })
  },
}))

const follow = (): void => useView.setState({ address: parseAddress(location.hash) })
addEventListener('popstate', follow)
addEventListener('hashchange', follow)
