/** The pieces that small scenarios are made of. */
import fc from 'fast-check'

/** A document as JSON, which is YAML. */
export type Document = Record<string, unknown>
/** Anything. */
export type Arbitrary = fc.Arbitrary<unknown>

/** A duration. */
export const ms = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((value) => `${value}ms`)

/** A demand of a few milliseconds. */
export const demand = fc.oneof(
  ms(0, 12),
  ms(1, 8).map((mean) => `exponential(mean ${mean})`),
  ms(1, 5).map((mean) => `lognormal(mean ${mean}, sigma 1)`),
  fc.integer({ min: 1, max: 4_000_000 }).map((value) => `${value}ns`),
)

/** Keys present each with even odds. */
export function perhaps(shape: Record<string, Arbitrary>): fc.Arbitrary<Document> {
  return fc.record(shape, { requiredKeys: [] })
}

/** All keys of all parts. */
export function merged(...parts: fc.Arbitrary<Document>[]): fc.Arbitrary<Document> {
  return fc.tuple(...parts).map((documents) => Object.assign({}, ...documents) as Document)
}
