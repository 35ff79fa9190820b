/** Renames one key in the text of a scenario, in place. */
import type { Node, YAMLMap } from 'yaml'
import { isMap, isScalar, parseDocument } from 'yaml'
import { protectTerms, restoreTerms } from '../../sim-core/scenario/limits-of-text.ts'
import type { DocumentPath } from './document-path.ts'
import { keyText } from './document-render.ts'

/** The text with the last key of a path called `newName`; unchanged when the text does not write that key. */
export function renamedKey(text: string, path: DocumentPath, newName: string): string {
  const document = parseDocument(protectTerms(text), { uniqueKeys: false })
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const key = isMap(parent) ? keyNode(parent, String(path.at(-1))) : undefined
  if (key?.range === undefined || key.range === null) return text
  const [start, end] = key.range
  return text.slice(0, start) + keyText(newName) + text.slice(end)
}

function keyNode(map: YAMLMap, name: string): Node | undefined {
  const pair = map.items.find(({ key }) => isScalar(key) && restoreTerms(String(key.value)) === name)
  return pair?.key as Node | undefined
}
