// Runs one side of one benchmark in this process and prints what it measured, as JSON.
import { inlineMore } from '../../host/workers/v8-flags.ts'
import { benchmarks } from './registry.ts'

const [name, side] = process.argv.slice(2)
const benchmark = benchmarks.find((entry) => entry.name === name)
const measure = side === 'ours' || side === 'bare' || side === 'one_worker' ? benchmark?.sides[side] : undefined
if (measure === undefined) throw new Error(`there is no side ${side} of a benchmark ${name}`)
// As the workers of the product do; the bare sides have the same limits.
inlineMore()
console.log(JSON.stringify(await measure()))
