/** What the charts of one page share: the crosshair and the zoom. */
import { create } from 'zustand'
import type { TimeSpan } from './chart-types.ts'

/** `crosshairS` is a moment of simulated time, or null when nobody points at any. */
interface GroupState {
  readonly crosshairS: number | null
  readonly zoom: TimeSpan | null
}

interface ChartGroups {
  readonly groups: Readonly<Record<string, GroupState>>
}

const NOTHING: GroupState = { crosshairS: null, zoom: null }

const useChartGroups = create<ChartGroups>()(() => ({ groups: {} }))

/** Points the crosshair of every chart of a group at a moment; null takes it away. */
export function pointAt(group: string, crosshairS: number | null): void {
  useChartGroups.setState(({ groups }) => ({
    groups: { ...groups, [group]: { ...(groups[group] ?? NOTHING), crosshairS } },
  }))
}

/** Shows a stretch in every chart of a group; null shows all. */
export function zoomTo(group: string, zoom: TimeSpan | null): void {
  useChartGroups.setState(({ groups }) => ({ groups: { ...groups, [group]: { ...(groups[group] ?? NOTHING), zoom } } }))
}

/** The stretch that a group is zoomed to; null shows all. */
export function useZoom(group: string): TimeSpan | null {
  return useChartGroups((state) => state.groups[group]?.zoom ?? null)
}

/** The moment that somebody points at in a group. */
export function useCrosshair(group: string): number | null {
  return useChartGroups((state) => state.groups[group]?.crosshairS ?? null)
}
