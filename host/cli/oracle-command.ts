/** `headroom oracle`: checks the algorithms. It takes a checkout of the sources, where the published vectors are. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import type { CliIo } from './cli-io.ts'
import { exitCodes } from './cli-io.ts'

/** The command hands everything after its name to the runner. @param runner file of the oracle runner */
export function oracleCommand(io: CliIo, runner: string): Command {
  return new Command('oracle')
    .description('check the algorithms against vectors that others published (needs a checkout of the sources)')
    .argument('[arguments...]', 'those of the oracle runner; try oracle --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: readonly string[]) => {
      if (!existsSync(runner)) {
        io.stderr(
          'error: the oracle runner comes with the sources of the project, which are not here\n  clone the repository and run it there\n',
        )
        io.exitWith(exitCodes.usage)
        return
      }
      const code = await endOf(runner, args)
      if (code !== exitCodes.ok) io.exitWith(code)
    })
}

/** The exit code of the runner, which shares our terminal. */
function endOf(runner: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', runner, ...args], {
    stdio: 'inherit',
  })
  const { promise, resolve } = Promise.withResolvers<number>()
  child.on('error', () => resolve(exitCodes.internal)).on('exit', (code) => resolve(code ?? exitCodes.internal))
  return promise
}
