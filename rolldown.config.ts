// Builds the desktop side: the window's program and the host process as modules, the preload as one CommonJS file,
// because a sandboxed preload cannot be a module.
import { defineConfig } from 'rolldown'

const common = { platform: 'node' as const, external: ['electron', 'better-sqlite3'] }

export default defineConfig([
  {
    ...common,
    input: {
      main: 'electron/main/main.ts',
      'host-process': 'host/desktop/host-process.ts',
      'sim.worker': 'host/workers/sim.worker.ts',
      'curve.worker': 'host/workers/curve.worker.ts',
    },
    output: { dir: 'dist/electron', format: 'esm', cleanDir: true },
  },
  { ...common, input: 'electron/preload/preload.ts', output: { file: 'dist/electron/preload.cjs', format: 'cjs' } },
])
