// Finds in the simulator's source what neither the compiler nor the linter can forbid, and what would end determinism.
import { Visitor, type Node } from 'oxc-parser'
import type { SourceFile, Violation } from './source-tree.ts'

/**
 * Checks every file of sim-core for language features that a deterministic, synchronous simulator does without:
 * `for...in` (order of keys), promises, generators that hide them, and powers whose last bit depends on the engine.
 * `analysis/` may use powers: it runs once, after the simulation, on results.
 */
export function checkPurity(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => file.path.startsWith('sim-core/'))
    .flatMap((file) => impuritiesOf(file).map((detail) => ({ path: file.path, rule: 'purity', detail })))
}

function impuritiesOf(file: SourceFile): string[] {
  const found: string[] = []
  const asynchronous = (node: { readonly async: boolean }): void => {
    if (node.async) found.push('an async function')
  }
  const power = (operator: string, left: Node, right: Node): void => {
    const exact = isTwo(left) || (isConstant(left) && isConstant(right))
    if (operator.startsWith('**') && !exact && !file.path.startsWith('sim-core/analysis/'))
      found.push('the operator **')
  }
  new Visitor({
    ForInStatement: () => found.push('for...in'),
    ForOfStatement: (node) => {
      if (node.await) found.push('for await')
    },
    AwaitExpression: () => found.push('await'),
    ImportExpression: () => found.push('import()'),
    FunctionDeclaration: asynchronous,
    FunctionExpression: asynchronous,
    ArrowFunctionExpression: asynchronous,
    BinaryExpression: (node) => power(node.operator, node.left, node.right),
    AssignmentExpression: (node) => power(node.operator.slice(0, -1), node.left, node.right),
    VariableDeclarator: (node) => {
      // Taking functions out of Math would pass by the linter's rule on Math.log and its kin.
      if (node.init?.type === 'Identifier' && node.init.name === 'Math') found.push('an alias of Math')
    },
  }).visit(file.program)
  return found
}

/** Powers of two are exact everywhere as long as the exponent is whole, which is what they are used for here. */
function isTwo(node: Node): boolean {
  return node.type === 'Literal' && node.value === 2
}

/** So are powers of small integers, such as BYTES_PER_KB ** 3. */
function isConstant(node: Node): boolean {
  if (node.type === 'Identifier') return /^[A-Z][A-Z0-9_]*$/.test(node.name)
  return node.type === 'Literal' && Number.isInteger(node.value)
}
