// Benchmarks of the engine beside bare loops of the same models: `npm run bench -- [--json] [--only NAME] [--runs N]`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Benchmark, Measurement, Side } from './benchmark.ts'
import { measureHere } from './measure.ts'
import { benchmarks } from './registry.ts'
import type { Result } from './report.ts'
import { heading, line, resultOf } from './report.ts'
import type { Yardstick } from './yardstick.ts'
import { compileYardstick } from './yardstick.ts'

const HERE = fileURLToPath(import.meta.url)
const RUNS = 5

// As the scripts of the project start everything: with code kept between runs. It has a second effect on speed: taking the
// types out of a file detaches a buffer, after which V8 checks every access to any typed array for that (a tenth of the time).
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL('../../.tmp/compile-cache', import.meta.url)), ...process.env }

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    runs: { type: 'string' },
    side: { type: 'string' },
  },
})

/** Runs one side in a process of its own, so that no benchmark profits or suffers from what another taught the compiler. */
function measure(benchmark: Benchmark, side: Side, yardstick: Yardstick | undefined): Measurement {
  const [program, args] =
    side === 'c'
      ? [yardstick!.program, benchmark.yardstick!]
      : [process.execPath, [...process.execArgv, HERE, '--only', benchmark.name, '--side', side]]
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${benchmark.name} (${side}) ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Measurement
}

/** Ours, bare, C, ours, bare, C, ...: a busy minute of the machine hits all of them. */
function runBenchmark(benchmark: Benchmark, runs: number, yardstick: Yardstick | undefined): Map<Side, Measurement[]> {
  const sides: Side[] = Object.keys(benchmark.sides) as Side[]
  if (yardstick !== undefined && benchmark.yardstick !== undefined) sides.push('c')
  const measured = new Map<Side, Measurement[]>(sides.map((side) => [side, []]))
  for (let run = 0; run < runs; run++) {
    for (const side of sides) measured.get(side)!.push(measure(benchmark, side, yardstick))
  }
  return measured
}

function main(): number {
  const runs = Number(values.runs ?? RUNS)
  const chosen = benchmarks.filter(({ name }) => values.only === undefined || values.only.includes(name))
  if (chosen.length === 0 || !(runs >= 1)) {
    console.error(
      `usage: npm run bench -- [--json] [--only NAME]... [--runs N]\nnames: ${benchmarks.map(({ name }) => name).join(', ')}`,
    )
    return 1
  }
  const yardstick = compileYardstick()
  const results: Result[] = []
  if (!values.json) console.log(heading())
  for (const benchmark of chosen) {
    const result = resultOf(benchmark, runBenchmark(benchmark, runs, yardstick), results)
    results.push(result)
    if (!values.json) console.log(line(result))
  }
  yardstick?.remove()
  if (values.json) console.log(JSON.stringify(results, null, 2))
  return 0
}

// With a side, this is the process that `measure` starts for it.
if (values.side === undefined) process.exitCode = main()
else console.log(JSON.stringify(await measureHere(values.only?.[0] ?? '', values.side)))
