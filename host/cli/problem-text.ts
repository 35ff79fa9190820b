/** Problems of a scenario as lines of text: place, severity, path, what is wrong, and below it how to mend it. */
import type { ScenarioValidation } from '../contract/scenario-api.ts'

/** One problem. */
export type CliProblem = ScenarioValidation['problems'][number]

const RED = '\u001b[31m'
const YELLOW = '\u001b[33m'
const RESET = '\u001b[0m'

/** `file:line:column  error  path: message` and the hint on a line of its own, for each problem; an option has no lines. */
export function problemText(problems: readonly CliProblem[], colour: boolean): string {
  return problems.map((problem) => oneProblem(problem, colour)).join('')
}

function oneProblem(problem: CliProblem, colour: boolean): string {
  const { file, line, column, severity, path, message, hint } = problem
  const shade = severity === 'error' ? RED : YELLOW
  const word = colour ? `${shade}${severity}${RESET}` : severity
  const subject = path === '' ? message : `${path}: ${message}`
  return `${printable(file.startsWith('--') ? file : `${file}:${line}:${column}`)}  ${word}  ${printable(subject)}\n    ${printable(hint)}\n`
}

/** Without control characters: a hostile file must not move the cursor or change colours. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/gu, '\ufffd')
}

/** `1 problem`, `3 problems`. */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return `${count} ${count === 1 ? noun : plural}`
}
