/** The screen Design. */
export function DesignView() {
  return <h1>Design</h1>
}
