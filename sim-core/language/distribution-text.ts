/** Reads a distribution: a bare quantity, `name(parameters)`, or a map with the name as its only key. */
import type { ParameterDefinition, Resolution } from '../distributions/distribution.ts'
import { empiricalDistribution } from '../distributions/empirical.distribution.ts'
import type { HistogramBucket } from '../distributions/empirical.distribution.ts'
import type { ComponentSpec, DistributionSpec } from '../distributions/registry.ts'
import { DISTRIBUTIONS, PARAMETRIC_DISTRIBUTIONS, mixtureDistribution } from '../distributions/registry.ts'
import { isList, isMap } from './collections.ts'
import { hintForName } from './nearest-name.ts'
import type { Reading } from './quantity.ts'
import { quoted, readQuantity } from './quantity.ts'
import type { Quantity } from './units.ts'

const CALL = /^([a-z_][a-z0-9_]*)\s*\(([^()]*)\)$/u
const NAMED_ARGUMENT = /^([a-z][a-z0-9_]*)\s+(\S.*)$/u
const EXAMPLE = 'write for example lognormal(mean 2ms, p99 9ms), exponential(2ms) or { mixture: [...] }'

/** Most components of a mixture, quantiles or histogram buckets: more could not have been measured by hand. */
const MAX_POINTS = 10_000

/** Named arguments, in base units. */
type Arguments = Readonly<Record<string, number>>

/**
 * Reads a distribution of `quantity` from scenario input; values come back in base units. Complaints: those of
 * quantities, `unknown-name` (no such distribution), `bad-distribution` (arguments that determine none).
 */
export function readDistribution(input: unknown, quantity: Quantity): Reading<DistributionSpec> {
  if (isMap(input)) return readObjectForm(input, quantity)
  if (typeof input !== 'string') return constant(input, quantity)
  const text = input.trim()
  const call = CALL.exec(text)
  if (call !== null) return readCall(call[1] ?? '', call[2] ?? '', quantity)
  const isQuantity = !text.includes('(') && !/^[a-z]/iu.test(text)
  if (isQuantity) return constant(input, quantity)
  const name = /^[a-z_][a-z0-9_]*/iu.exec(text)?.[0] ?? ''
  if (!text.includes('(') && PARAMETRIC_DISTRIBUTIONS.some(({ id }) => id === name)) {
    return bad(`${quoted(text)} has no parameters`, `give ${formsInWords(name)}`)
  }
  return text.includes('(') && !text.endsWith(')')
    ? bad(`${quoted(text)} has no closing parenthesis`, EXAMPLE)
    : unknownDistribution(name)
}

function constant(input: unknown, quantity: Quantity): Reading<DistributionSpec> {
  const reading = readQuantity(input, quantity)
  if ('complaint' in reading) return reading
  return resolved({ value: reading.value }, 'constant')
}

function readCall(name: string, list: string, quantity: Quantity): Reading<DistributionSpec> {
  const definition = PARAMETRIC_DISTRIBUTIONS.find(({ id }) => id === name)
  if (definition === undefined) return unknownDistribution(name)
  const parts = list.trim() === '' ? [] : list.split(',').map((part) => part.trim())
  const args: Record<string, number> = {}
  const positional = definition.forms.find((form) => form.length === parts.length) ?? definition.forms[0] ?? []
  for (const [index, part] of parts.entries()) {
    const named = NAMED_ARGUMENT.exec(part)
    const key = named?.[1] ?? positional[index]
    if (key === undefined)
      return bad(`${name} takes at most ${positional.length} parameters`, `give ${formsInWords(name)}`)
    if (Object.hasOwn(args, key)) return bad(`${name} has ${key} twice`, `give ${formsInWords(name)}`)
    const reading = readArgument(definition.parameters, key, named?.[2] ?? part, quantity)
    if ('complaint' in reading) return within(name, reading)
    args[key] = reading.value
  }
  return resolved(args, name)
}

function readArgument(
  parameters: readonly ParameterDefinition[],
  name: string,
  input: unknown,
  quantity: Quantity,
): Reading {
  const parameter = parameters.find((candidate) => candidate.name === name)
  if (parameter === undefined) {
    const known = parameters.map((candidate) => candidate.name)
    return bad(`there is no parameter ${quoted(name)}`, hintForName(name, known, 'it takes no parameters'))
  }
  if (parameter.quantity === 'value') return readQuantity(input, quantity)
  const isShare = parameter.quantity === 'probability' && typeof input === 'string' && input.trim().endsWith('%')
  return readQuantity(input, isShare ? 'ratio' : 'number')
}

function resolved(args: Arguments, name: string): Reading<DistributionSpec> {
  const definition = PARAMETRIC_DISTRIBUTIONS.find(({ id }) => id === name)
  if (definition === undefined) return unknownDistribution(name)
  return fromResolution(name, definition.resolve(args))
}

function fromResolution(name: string, resolution: Resolution<DistributionSpec>): Reading<DistributionSpec> {
  return 'spec' in resolution ? { value: resolution.spec } : bad(`${name}: ${resolution.problem}`, resolution.hint)
}

function readObjectForm(input: Readonly<Record<string, unknown>>, quantity: Quantity): Reading<DistributionSpec> {
  const [name, ...more] = Object.keys(input)
  if (name === undefined || more.length > 0) {
    return bad('a distribution has one name', EXAMPLE)
  }
  const body = input[name]
  if (name === mixtureDistribution.id) return readMixture(body, quantity)
  if (name === empiricalDistribution.id) return readEmpirical(body, quantity)
  const definition = PARAMETRIC_DISTRIBUTIONS.find(({ id }) => id === name)
  if (definition === undefined) return unknownDistribution(name)
  if (!isMap(body)) return bad(`${name} needs a map of its parameters`, `give ${formsInWords(name)}`)
  const args: Record<string, number> = {}
  for (const [key, value] of Object.entries(body)) {
    const reading = readArgument(definition.parameters, key, value, quantity)
    if ('complaint' in reading) return within(name, reading)
    args[key] = reading.value
  }
  return resolved(args, name)
}

function readMixture(body: unknown, quantity: Quantity): Reading<DistributionSpec> {
  const hint = 'write { mixture: [{ weight: 80%, of: 2ms }, { weight: 20%, of: exponential(50ms) }] }'
  if (!isList(body) || body.length > MAX_POINTS) return bad('mixture needs a list of its components', hint)
  const components: { weight: number; distribution: ComponentSpec }[] = []
  for (const component of body) {
    const isPair = isMap(component) && Object.keys(component).every((key) => key === 'weight' || key === 'of')
    if (!isPair) return bad('a component of a mixture has a weight and a distribution', hint)
    const weight = readWeight(component['weight'])
    if ('complaint' in weight) return within('mixture', weight)
    const of =
      isMap(component['of']) && Object.hasOwn(component['of'], mixtureDistribution.id)
        ? bad('a mixture cannot contain a mixture', 'multiply the weights and write one mixture')
        : readDistribution(component['of'], quantity)
    if ('complaint' in of) return within('mixture', of)
    if (of.value.type === 'mixture') return bad('a mixture cannot contain a mixture', hint)
    components.push({ weight: weight.value, distribution: of.value })
  }
  return fromResolution('mixture', mixtureDistribution.resolve(components))
}

function readEmpirical(body: unknown, quantity: Quantity): Reading<DistributionSpec> {
  const hint =
    'write { empirical: { quantiles: { p50: 2ms, p99: 9ms } } } or { empirical: { histogram: [{ up_to: 1ms, weight: 70 }] } }'
  const [key, ...more] = isMap(body) ? Object.keys(body) : []
  const points = isMap(body) && key !== undefined ? body[key] : undefined
  if (key === 'quantiles' && more.length === 0 && isMap(points)) return readQuantiles(points, quantity)
  if (key === 'histogram' && more.length === 0 && isList(points) && points.length <= MAX_POINTS) {
    return readHistogram(points, quantity, hint)
  }
  return bad('empirical needs quantiles or a histogram', hint)
}

function readQuantiles(points: Readonly<Record<string, unknown>>, quantity: Quantity): Reading<DistributionSpec> {
  const quantiles: Record<string, number> = {}
  for (const [name, input] of Object.entries(points)) {
    const reading = readQuantity(input, quantity)
    if ('complaint' in reading) return within(`quantile ${quoted(name)}`, reading)
    quantiles[name.replace('_', '.')] = reading.value
  }
  return fromResolution('empirical', empiricalDistribution.resolve({ quantiles }))
}

function readHistogram(points: readonly unknown[], quantity: Quantity, hint: string): Reading<DistributionSpec> {
  const histogram: HistogramBucket[] = []
  for (const bucket of points) {
    if (!isMap(bucket)) return bad('a bucket of a histogram has up_to and weight', hint)
    const upTo = readQuantity(bucket['up_to'], quantity)
    if ('complaint' in upTo) return within('histogram', upTo)
    const weight = readWeight(bucket['weight'])
    if ('complaint' in weight) return within('histogram', weight)
    histogram.push({ upTo: upTo.value, weight: weight.value })
  }
  return fromResolution('empirical', empiricalDistribution.resolve({ histogram }))
}

/** A weight: `70%` or a plain number. */
export function readWeight(input: unknown): Reading {
  const isShare = typeof input === 'string' && input.trim().endsWith('%')
  return readQuantity(input, isShare ? 'ratio' : 'number')
}

function formsInWords(name: string): string {
  const forms = PARAMETRIC_DISTRIBUTIONS.find(({ id }) => id === name)?.forms ?? []
  return forms.map((form) => `${name}(${form.join(', ')})`).join(' or ')
}

function unknownDistribution(name: string) {
  const known = DISTRIBUTIONS.map(({ id }) => id)
  const hint = hintForName(name, known, EXAMPLE)
  return { complaint: { code: 'unknown-name', message: `there is no distribution ${quoted(name)}`, hint } }
}

function within(
  name: string,
  reading: { readonly complaint: { readonly code: string; readonly message: string; readonly hint: string } },
) {
  const { code, message, hint } = reading.complaint
  return { complaint: { code, message: `${name}: ${message}`, hint } }
}

function bad(message: string, hint: string) {
  return { complaint: { code: 'bad-distribution', message, hint } }
}
