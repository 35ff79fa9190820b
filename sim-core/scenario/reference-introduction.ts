/** The part of the reference documentation that no definition can supply: how a scenario file is written at all. */

/** Markdown, from the title on. */
export const referenceIntroduction = `# The scenario language, version 1

<!-- Generated from the definitions in sim-core: \`vitest run test/sim-core/scenario/generated-files.test.ts --update\`. -->

A scenario is one YAML file (JSON is YAML): the traffic, the architecture, what it promises, and how the simulation is run.

\`\`\`yaml
version: 1
name: One service
run: { duration: 10m, replications: 5 }
traffic:
  clients: { rate: 80/s, mix: { get: 100% } }
services:
  api:
    workers: 8
    endpoints:
      get:
        slo: { p95: 200ms }
        steps:
          - delay: exponential(50ms)
\`\`\`

- Quantities carry their unit. A bare number where a unit is needed is an error that says which units fit.
- Wherever a distribution is asked for, a bare quantity such as \`2ms\` means always that value, and
  \`lognormal(mean 2ms, p99 9ms)\` or \`uniform(1s, 4s)\` give parameters by name or by position. A map does the same:
  \`{ lognormal: { mean: 2ms, p99: 9ms } }\`.
- \`name(a, b)\` and \`name[3]\` need no quotes, not even between braces, where plain YAML would want them.
- \`extends: ./base.yaml\` lays a file over another: maps are merged key by key, lists and values are replaced, and null
  removes. On the command line \`--set path=value\` does the same to single values: \`--set services.api.workers=16\`.
- Names are lower-case: \`a\` to \`z\`, digits and \`_\`. An endpoint may be written \`service.endpoint\`, or alone where only one
  service has it. No two of the services, caches, networks, databases and policies share a name.
- Every problem of a file is reported at once, with its line and column, and how to mend it.
`
