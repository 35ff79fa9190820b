/** The topology of the open document, made once for each version of it. */
import { useMemo } from 'react'
import type { Topology } from '../../canvas/topology.ts'
import { topologyOf } from '../../canvas/topology.ts'
import { language } from '../../stores/document-language.ts'
import { useDocument } from '../../stores/document-store.ts'

export function useTopology(): Topology {
  const value = useDocument((state) => state.value)
  return useMemo(() => topologyOf(language, value), [value])
}
