/** A distribution as an editor takes it apart: family, form and arguments, or the rows of a mixture or of measurements. */
import type { DistributionDefinition } from '../../sim-core/distributions/distribution.ts'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import { DISTRIBUTIONS, PARAMETRIC_DISTRIBUTIONS, distributionMean } from '../../sim-core/distributions/registry.ts'
import { readDistribution } from '../../sim-core/language/distribution-text.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Complaint } from '../../sim-core/language/quantity.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { DistributedQuantity, Unit } from '../../sim-core/language/units.ts'
import { formatNumber, quantities } from '../../sim-core/language/units.ts'
import { isListValue, isMapValue } from '../stores/document-path.ts'

/** Named numbers in one of the forms of a family. */
export interface ParametricParts {
  readonly kind: 'parametric'
  readonly family: string
  readonly form: readonly string[]
  /** As typed. */
  readonly args: Readonly<Record<string, string>>
}

/** One row of a distribution that a list determines. */
export interface PartRow {
  /** The cells as typed, by the key under which they are written. */
  readonly cells: Readonly<Record<string, JsonValue>>
}

/** A mixture, quantiles, or a histogram. */
export interface RowParts {
  readonly kind: 'mixture' | 'quantiles' | 'histogram'
  readonly family: string
  readonly rows: readonly PartRow[]
}

/** A distribution taken apart; undefined parts mean that only its text can be edited. */
export type DistributionParts = ParametricParts | RowParts

/** What a value says as a distribution: its spec, or what is wrong with it. */
export type ReadSpec = { readonly spec: DistributionSpec } | { readonly complaint: Complaint }

/** Reads a value. */
export function readSpec(value: JsonValue, quantity: DistributedQuantity): ReadSpec {
  const reading = readDistribution(value, quantity)
  return 'value' in reading ? { spec: reading.value } : reading
}

/** Families in the order of the language, with label and help. */
export const families: readonly { readonly id: string; readonly label: string; readonly help: string }[] =
  DISTRIBUTIONS.map(({ id, label, help }) => ({ id, label, help }))

/** The definition of a family that named numbers determine. */
export function parametricFamily(id: string): DistributionDefinition<DistributionSpec> | undefined {
  return PARAMETRIC_DISTRIBUTIONS.find((definition) => definition.id === id)
}

const CALL = /^([a-z_][a-z0-9_]*)\s*\(([^()]*)\)$/u
const NAMED = /^([a-z][a-z0-9_]*)\s+(\S.*)$/u

/** Takes a value apart. */
export function partsOf(value: JsonValue): DistributionParts | undefined {
  if (isMapValue(value)) return partsOfMap(value)
  const text = scalarText(value).trim()
  const call = CALL.exec(text)
  if (call === null) return text === '' || text.includes('(') ? undefined : parametric('constant', { value: text })
  const definition = parametricFamily(call[1] ?? '')
  if (definition === undefined) return undefined
  const parts = (call[2] ?? '').split(',').map((part) => part.trim())
  const positional = definition.forms.find((form) => form.length === parts.length) ?? []
  const args = parts.map((part, index): [string, string] => {
    const named = NAMED.exec(part)
    return [named?.[1] ?? positional[index] ?? '', named?.[2] ?? part]
  })
  return parametric(definition.id, Object.fromEntries(args))
}

function parametric(family: string, args: Readonly<Record<string, string>>): ParametricParts | undefined {
  const given = Object.keys(args)
  const form = parametricFamily(family)?.forms.find(
    (names) => names.length === given.length && names.every((name) => given.includes(name)),
  )
  return form === undefined ? undefined : { kind: 'parametric', family, form, args }
}

function partsOfMap(value: Readonly<Record<string, JsonValue>>): DistributionParts | undefined {
  const [family = ''] = Object.keys(value)
  const body = value[family]
  if (family === 'mixture' && isListValue(body)) return { kind: 'mixture', family, rows: rowsOf(body) }
  if (!isMapValue(body)) return undefined
  if (family === 'empirical') {
    const { quantiles, histogram } = body as { readonly quantiles?: JsonValue; readonly histogram?: JsonValue }
    if (isListValue(histogram)) return { kind: 'histogram', family, rows: rowsOf(histogram) }
    if (!isMapValue(quantiles)) return undefined
    const rows = Object.entries(quantiles).map(([percentile, of]) => ({ cells: { percentile, of } }))
    return { kind: 'quantiles', family, rows }
  }
  return parametric(family, Object.fromEntries(Object.entries(body).map(([key, part]) => [key, scalarText(part)])))
}

function rowsOf(list: readonly JsonValue[]): readonly PartRow[] {
  return list.map((row) => ({ cells: isMapValue(row) ? row : {} }))
}

/** The value that the language writes for the parts. A single number stands alone; names are left out where none are needed. */
export function valueOfParts(parts: DistributionParts): JsonValue {
  switch (parts.kind) {
    case 'parametric':
      return textOfParts(parts)
    case 'mixture':
      return { mixture: parts.rows.map(({ cells }) => cells) }
    case 'histogram':
      return { empirical: { histogram: parts.rows.map(({ cells }) => cells) } }
    case 'quantiles': {
      const points = parts.rows.map(({ cells }): [string, JsonValue] => [
        scalarText(cells['percentile']),
        cells['of'] ?? '',
      ])
      return { empirical: { quantiles: Object.fromEntries(points) } }
    }
  }
}

function textOfParts({ family, form, args }: ParametricParts): JsonValue {
  if (family === 'constant') return args['value'] ?? ''
  const isUnambiguous = parametricFamily(family)?.forms.length === 1
  const list = form.map((name) => (isUnambiguous ? (args[name] ?? '') : `${name} ${args[name] ?? ''}`))
  return `${family}(${list.join(', ')})`
}

/** Another family, or another form of it, about as large on average as before. */
export function partsOfFamily(
  family: string,
  quantity: DistributedQuantity,
  before: DistributionSpec | undefined,
  form?: readonly string[],
): DistributionParts {
  const mean = before === undefined ? undefined : distributionMean(before)
  const wanted = mean !== undefined && mean > 0 && mean < Infinity ? mean : startMeans[quantity]
  const amount = (multiple: number): string => niceQuantity(multiple * wanted, quantity)
  if (family === 'mixture') {
    const rows = [{ cells: { weight: '80%', of: amount(0.5) } }, { cells: { weight: '20%', of: amount(3) } }]
    return { kind: 'mixture', family, rows }
  }
  const definition = parametricFamily(family)
  if (definition === undefined) {
    const points = { p50: 0.8, p90: 2, p99: 4 }
    const rows = Object.entries(points).map(([percentile, multiple]) => ({
      cells: { percentile, of: amount(multiple) },
    }))
    return { kind: 'quantiles', family, rows }
  }
  const names = form ?? definition.forms[0] ?? []
  const args = names.map((name): [string, string] => {
    const parameter = definition.parameters.find((candidate) => candidate.name === name)
    const start = parameter?.start ?? 1
    return [name, parameter?.quantity === 'value' ? amount(start) : formatNumber(start)]
  })
  return { kind: 'parametric', family, form: names, args: Object.fromEntries(args) }
}

/** Where nothing is known of the size: 10 ms, 1 KB, 1. */
const startMeans: Readonly<Record<DistributedQuantity, number>> = { duration: 10e6, bytes: 1024, number: 1 }

const SIGNIFICANT_DIGITS = 3

/** A value in base units as short text in the largest unit that keeps it at 1 or more: 2500000 ns is `2.5ms`. */
export function niceQuantity(value: number, quantity: DistributedQuantity): string {
  const units: readonly Unit[] = quantities[quantity].units
  const whole = quantity === 'bytes' ? Math.round(value) : value
  const unit = units.find(({ inBase }) => Math.abs(whole) >= inBase) ?? units.at(-1)
  const amount = unit === undefined ? whole : whole / unit.inBase
  return `${formatNumber(Number(amount.toPrecision(SIGNIFICANT_DIGITS)))}${unit?.symbol ?? ''}`
}
