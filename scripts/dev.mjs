// The one entry behind the npm scripts: installs what is missing, then runs the asked command on the pinned Node.
//
// It may be started by an old system Node in a fresh clone, so it is plain JavaScript, uses builtin modules only and no
// syntax newer than Node 18. It needs no pre-script, because npm skips those under ignore-scripts=true. Whatever it has
// to say itself goes to stderr: stdout belongs to the command.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const windows = process.platform === 'win32'

// npm runs scripts in the root and leaves the user's own folder in INIT_CWD: file arguments are relative to that one.
const userFolder = (process.cwd() === root && process.env['INIT_CWD']) || process.cwd()

const env = {
  ...process.env,
  // The pinned Node and the tools come first, also when npm did not start us.
  PATH: join(modules, '.bin') + delimiter + (process.env['PATH'] || ''),
}

// Compiled code is kept between runs: the command line starts three times as fast. Tests go without, since code that
// comes from this cache reports its coverage less exactly.
const cachedEnv = { NODE_COMPILE_CACHE: join(root, '.tmp', 'compile-cache'), ...env }

/**
 * Runs `npm ci` unless the installed packages already are those of the lockfile, for this platform.
 * Ends the process with npm's exit code when the installation fails.
 */
function ensureDependencies() {
  const stamp = join(modules, '.dev-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex')
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isInstalled()) return
  const unlock = lockInstallation()
  if (isInstalled()) return unlock()
  console.error('[dev] installing the dependencies (npm ci)')
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const npm = process.env['npm_execpath'] // npm's own file, when npm started us
  const result =
    npm && npm.endsWith('.js')
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: windows })
  if (result.error) console.error(`[dev] npm: ${result.error.message}`)
  if (result.status === 0) writeFileSync(stamp, wanted)
  unlock()
  if (result.status !== 0) process.exit(result.status || 1)
}

/** How long another installation may take, and how often it is looked at, in ms. */
const INSTALL_PATIENCE = 300_000
const INSTALL_LOOK = 250

/**
 * Two installations at once would delete each other's files: the second waits for the first.
 * @returns {() => void} what opens the lock again
 */
function lockInstallation() {
  const lock = join(root, '.tmp', 'installing')
  mkdirSync(dirname(lock), { recursive: true })
  for (let waited = 0; waited < INSTALL_PATIENCE; waited += INSTALL_LOOK) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (waited === 0) console.error('[dev] waiting for another installation')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, INSTALL_LOOK)
    }
  }
  return () => rmSync(lock, { recursive: true, force: true })
}

/**
 * Runs a program until it ends, then ends with its exit code (128 + number when a signal ended it).
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
function run(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: 'inherit', shell: windows })
  // A terminal sends Ctrl-C to the child as well: passing it on again would look like a second, impatient one.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => {
    if (!terminal) child.kill('SIGINT')
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('error', (error) => {
    console.error(`[dev] ${program}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]))
}

/**
 * Runs a TypeScript file of ours in the user's folder.
 * @param {string} file path from the root
 * @param {string[]} args
 */
function runProgram(file, args) {
  run('node', ['--disable-warning=ExperimentalWarning', join(root, file), ...args], { cwd: userFolder, env: cachedEnv })
}

/**
 * Runs a tool of the project in the root.
 * @param {string} tool
 * @param {string[]} args
 */
function runTool(tool, args) {
  run(tool, args, { cwd: root, env })
}

/**
 * Runs a step that has to succeed before the next one. Ends the process with its exit code when it does not.
 * @param {string} program
 * @param {string[]} args
 */
function step(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: windows })
  if (error) console.error(`[dev] ${program}: ${error.message}`)
  if (status !== 0) process.exit(status || 1)
}

/**
 * Electron's program, when it is here. Its package is never imported: that would begin to download it.
 * @returns {string | undefined}
 */
function electronProgram() {
  const folder = join(modules, 'electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] || join(folder, 'dist')
  const program = join(dist, readFileSync(pathFile, 'utf8').trim())
  return existsSync(program) ? program : undefined
}

const hasScreen =
  !['linux', 'freebsd', 'openbsd'].includes(process.platform) ||
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

/** Options of `headroom serve`: who gives one wants the browser. */
const SERVE_OPTIONS = ['--port', '--data', '--page']

/** @type {Record<string, (args: string[]) => void>} */
const commands = {
  start(args) {
    step('node', ['scripts/build-page.mjs'])
    const wantsBrowser = args.some((arg) => SERVE_OPTIONS.includes(arg.split('=')[0] || ''))
    const electron = electronProgram()
    if (electron !== undefined && hasScreen && !wantsBrowser) {
      step('rolldown', ['-c', 'rolldown.config.ts', '--logLevel', 'warn'])
      run(electron, [root, ...args], { cwd: userFolder, env })
      return
    }
    if (electron === undefined || !wantsBrowser) {
      const why =
        electron === undefined ? 'Electron is not installed (npx install-electron fetches it)' : 'there is no screen'
      console.error(`No desktop window: ${why}. Serving to the browser instead.`)
    }
    runProgram('host/cli/main.ts', ['serve', '--open', ...args])
  },
  headroom: (args) => runProgram('host/cli/main.ts', args),
  oracle: (args) => runProgram('test/oracle/main.ts', args),
  bench: (args) => runProgram('test/bench/main.ts', args),
  'bench:application'(args) {
    step('node', ['scripts/build-page.mjs'])
    for (const bench of ['application-start', 'results-open']) {
      const { status } = spawnSync('node', ['--disable-warning=ExperimentalWarning', `test/bench/${bench}.ts`], {
        cwd: root,
        env: cachedEnv,
        stdio: 'inherit',
      })
      if (status !== 0) process.exit(status || 1)
    }
    runProgram('test/bench/live-frames.ts', args)
  },
  test: (args) => runTool('node', ['scripts/check.ts', ...args]),
  'test:quick': (args) => runTool('node', ['scripts/check.ts', '--quick', ...args]),
  typecheck: (args) => runTool('tsc', ['-b', ...args]),
  lint: (args) => runTool('oxlint', args),
  format: (args) => runTool('oxfmt', args),
  knip: (args) => runTool('knip', args),
  generate: (args) => runProgram('scripts/generate.ts', args),
  npm: (args) => runTool('npm', args),
}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.prototype.hasOwnProperty.call(commands, name) ? commands[name] : undefined
if (command === undefined) {
  console.error(`usage: node scripts/dev.mjs ${Object.keys(commands).join('|')} [arguments]`)
  process.exit(1)
}
ensureDependencies()
command(args)
