/** What can be done now, by name: the palette lists it, keys and the menu of the window call it. */
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'

/** Headings of the palette, in this order. */
export const commandGroups = ['Run', 'Scenario', 'Results', 'Go to', 'Scenarios', 'Runs', 'Settings'] as const

export interface Command {
  /** Stable: `run`, `cancel`, `undo`, `redo`, `export`, `import`, `new-scenario` and `go-…` are called by the window's menu. */
  readonly id: string
  /** A verb first: "Compare the last two runs". */
  readonly label: string
  readonly group: (typeof commandGroups)[number]
  readonly description?: string
  /** Further words that find it. */
  readonly keywords?: string
  /** As shown: "Ctrl Enter". */
  readonly shortcut?: string
  readonly icon?: ReactNode
  readonly run: () => void
}

/** The newest list of every component that offers commands, the innermost screen last. */
const offers = new Set<{ readonly current: readonly Command[] }>()

/** Offers commands while the component is shown. One with the id of an earlier one takes its place. */
export function useCommands(commands: readonly Command[]): void {
  const offer = useRef(commands)
  useEffect(() => {
    offer.current = commands
  })
  useEffect(() => {
    offers.add(offer)
    return () => void offers.delete(offer)
  }, [])
}

/** Everything that can be done now. */
export function commandsNow(): readonly Command[] {
  const byId = new Map<string, Command>()
  for (const { current } of offers) for (const command of current) byId.set(command.id, command)
  return [...byId.values()]
}

/** Does it; false when nothing of that name can be done now. */
export function runCommand(id: string): boolean {
  const command = commandsNow().find((known) => known.id === id)
  command?.run()
  return command !== undefined
}
