/** A control within a control: rendered by whatever renders the whole form, which the parts need not know. */
import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import type { Control } from './form-types.ts'

/** What every control on the page is given. */
export interface ControlProps<Kind extends Control = Control> {
  readonly control: Kind
  /** Stands in place of the label, for entries that are named otherwise. */
  readonly label?: ReactNode
  /** Buttons at the end of the line or heading. */
  readonly trail?: ReactNode
  /** How deep it stands; the top is 0. */
  readonly depth: number
  /** Whether a heading above it says already what it is. */
  readonly isBare?: boolean
}

const Renderer = createContext<(props: ControlProps) => ReactNode>(() => null)

/** Takes what renders any control. */
export const NestedControlProvider = Renderer.Provider

export function NestedControl(props: ControlProps) {
  return useContext(Renderer)(props)
}
