/** The desktop window, when the page is in one. */
import type { DesktopBridge } from '../../host/contract/desktop-bridge.ts'

declare global {
  interface Window {
    readonly headroomDesktop?: DesktopBridge
  }
}

/** Undefined in a browser. */
export function desktop(): DesktopBridge | undefined {
  return window.headroomDesktop
}
