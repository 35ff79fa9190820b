/** The screen Run. */
export function RunView() {
  return <h1>Run</h1>
}
