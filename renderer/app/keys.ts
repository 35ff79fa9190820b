/** Names of keys on this machine. */

const apple = /Mac|iPhone|iPad/u.test(navigator.userAgent)

/** The key that commands are held down with. */
export const modifierKey = apple ? '⌘' : 'Ctrl'

/** Whether a key press goes into a text, a menu or a dialog, which have a use of their own for it. */
export function belongsToField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null
  )
}
