// Compiles the C yardstick where the machine has a compiler.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('yardstick.c', import.meta.url))
const COMPILERS = ['cc', 'gcc', 'clang'] as const

/** The compiled program in a folder of its own. */
export interface Yardstick {
  readonly program: string
  /** Removes it. */
  remove(): void
}

/** Undefined without a C compiler. */
export function compileYardstick(): Yardstick | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-'))
  const program = join(folder, 'yardstick')
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  for (const compiler of COMPILERS) {
    const { status } = spawnSync(compiler, ['-O3', '-march=native', '-o', program, SOURCE, '-lm'], { stdio: 'ignore' })
    if (status === 0) return { program, remove }
  }
  remove()
  return undefined
}
