/** The help that kinds of components bring along, by kind. */

const texts = import.meta.glob<string>(['../../sim-core/components/*/*.md', '../../sim-core/traffic/*.md'], {
  query: '?raw',
  import: 'default',
})

const loaders: ReadonlyMap<string, () => Promise<string>> = new Map(
  Object.entries(texts).map(([path, load]) => [path.split('/').at(-1)?.replace(/\.md$/u, '') ?? '', load]),
)

/** Whether there is a page about a kind. */
export function hasHelp(kind: string): boolean {
  return loaders.has(kind)
}

/** The page about a kind, as Markdown; empty when there is none. */
export async function helpText(kind: string): Promise<string> {
  return (await loaders.get(kind)?.()) ?? ''
}
