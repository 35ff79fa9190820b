// Small dense least-squares problems, the linear step inside curve fits.

/**
 * The vector x that minimises Σ (rows_i · x - targets_i)² + damping Σ_j (diag_j x_j²), diag being that of rows' rows;
 * damping 0 is ordinary least squares. As many entries as a row has; not finite when the problem is singular.
 *
 * D. W. Marquardt, An algorithm for least-squares estimation of nonlinear parameters, SIAM Journal 11 (1963), section 3:
 * (AᵀA + λ diag(AᵀA)) δ = Aᵀ r. Differs from the source: columns are scaled to unit length before the damping, which is
 * the same equation, and it is solved by Gaussian elimination with partial pivoting.
 */
export function leastSquaresStep(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  damping: number,
): number[] {
  const size = rows[0]?.length ?? 0
  const columns = Array.from({ length: size }, (_, j) => rows.map((row) => row[j] ?? NaN))
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)))
  const system = columns.map((column, i) => {
    const line = columns.map((other, j) => dot(column, other) / ((lengths[i] ?? NaN) * (lengths[j] ?? NaN)))
    line[i] = 1 + damping
    return [...line, dot(column, targets) / (lengths[i] ?? NaN)]
  })
  return solve(system).map((value, j) => value / (lengths[j] ?? NaN))
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? NaN) * (b[i] ?? NaN)
  return sum
}

/** Solves a square system whose right-hand side stands in the last column. */
function solve(system: number[][]): number[] {
  const size = system.length
  let remaining = system
  const triangle: number[][] = []
  for (let column = 0; column < size; column += 1) {
    const pivot = remaining.reduce((a, b) => (Math.abs(b[column] ?? 0) > Math.abs(a[column] ?? 0) ? b : a))
    triangle.push(pivot)
    remaining = remaining.filter((row) => row !== pivot).map((row) => withoutColumn(row, pivot, column))
  }
  const solution = Array.from({ length: size }, () => 0)
  for (let i = size - 1; i >= 0; i -= 1) {
    const row = triangle[i] ?? []
    let sum = row[size] ?? NaN
    for (let j = i + 1; j < size; j += 1) sum -= (row[j] ?? NaN) * (solution[j] ?? NaN)
    solution[i] = sum / (row[i] ?? NaN)
  }
  return solution
}

/** The row minus the multiple of `pivot` that clears `column`. */
function withoutColumn(row: readonly number[], pivot: readonly number[], column: number): number[] {
  const factor = (row[column] ?? NaN) / (pivot[column] ?? NaN)
  return row.map((value, j) => value - factor * (pivot[j] ?? NaN))
}
