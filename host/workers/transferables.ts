/** Finds the memory that a message can hand over instead of copying. */

/** The buffers of every typed array in a value of plain objects and arrays, each once. */
export function transferables(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  collect(value, buffers)
  return [...buffers]
}

function collect(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer)
    return
  }
  for (const part of Object.values(value)) collect(part, buffers)
}
