/** The tabs of a result: the same for all, and those that its kinds of components bring. */
import { catalog } from '../../../sim-core/catalog.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import type { ComponentTabModel } from './component-tab-model.ts'
import { componentTabs } from './component-tab-model.ts'

/** A tab; `components` is there for those of kinds, and for fixed ones that a kind adds to. */
export interface ResultTab {
  readonly id: string
  readonly label: string
  readonly components?: ComponentTabModel
}

const BEFORE = [
  { id: 'overview', label: 'Overview' },
  { id: 'endpoints', label: 'Endpoints' },
] as const

const AFTER = [
  { id: 'explain', label: 'Explain p99' },
  { id: 'events', label: 'Events' },
  { id: 'runs', label: 'Runs' },
] as const

export function resultTabs(result: Pick<StudyResult, 'components'>): ResultTab[] {
  const ofKinds = componentTabs(result.components, catalog)
  const fixed = (tab: { readonly id: string; readonly label: string }): ResultTab => {
    const components = ofKinds.find(({ id }) => id === tab.id)
    return components === undefined ? tab : { ...tab, components }
  }
  const known = new Set<string>([...BEFORE, ...AFTER].map(({ id }) => id))
  return [
    ...BEFORE.map(fixed),
    ...ofKinds.filter(({ id }) => !known.has(id)).map((tab) => ({ id: tab.id, label: tab.label, components: tab })),
    ...AFTER.map(fixed),
  ]
}
