// Reads typed fields of oracle cases; a field of another type is an error in the vector file and stops the case.

/** The number in a field. Throws if it is anything else. */
export function numberOf(record: Readonly<Record<string, unknown>>, field: string): number {
  const value = record[field]
  if (typeof value !== 'number') throw new TypeError(`field ${field} is no number`)
  return value
}

/** The list of numbers in a field. Throws if it is anything else. */
export function numbersOf(record: Readonly<Record<string, unknown>>, field: string): number[] {
  const value = record[field]
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'number')) {
    throw new TypeError(`field ${field} is no list of numbers`)
  }
  return value
}

/** The text in a field. Throws if it is anything else. */
export function textOf(record: Readonly<Record<string, unknown>>, field: string): string {
  const value = record[field]
  if (typeof value !== 'string') throw new TypeError(`field ${field} is no text`)
  return value
}

/** The object in a field. Throws if it is anything else. */
export function recordOf(record: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  const value = record[field]
  if (!isRecord(value)) throw new TypeError(`field ${field} is no object`)
  return value
}

/** True for an object that is neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
