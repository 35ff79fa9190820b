/** How options of several commands are read. */

/** Collects an option that may be given again. */
export function appended(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}
