// The core bundled for a browser, as the application will ship it.
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** Name under which a page finds what the entry exports. */
export const BUNDLE_NAME = 'headroomCore'

/** A script for a page: everything that `test/golden/fingerprint.ts` exports, under BUNDLE_NAME. */
export async function bundleCore(): Promise<string> {
  const input = fileURLToPath(new URL('../golden/fingerprint.ts', import.meta.url))
  const bundle = await rolldown({ input, platform: 'browser' })
  const { output } = await bundle.generate({ format: 'iife', name: BUNDLE_NAME })
  await bundle.close()
  return output[0].code
}
