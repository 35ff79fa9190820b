/** Serves the page's files under our own scheme, each with the content security policy. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { contentSecurityPolicy, contentTypes, withStyleNonce } from '../../host/contract/page-security.ts'
import { SCHEME } from '../channels.ts'
import { resolveAsset } from './policy.ts'

/** Bytes of a nonce: enough that nobody guesses it. */
const NONCE_BYTES = 16

/** To be called before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Answers every request of the page from the folder `root`, and nothing outside it. */
export function servePage(root: string): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const file = method === 'GET' ? resolveAsset(url, root) : undefined
    const body = file === undefined ? undefined : await readFile(file).catch(() => undefined)
    if (file === undefined || body === undefined) return new Response('not found', { status: 404 })
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    const headers = {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }
    const isPage = extname(file) === '.html'
    return new Response(isPage ? withStyleNonce(body.toString('utf8'), nonce) : new Uint8Array(body), { headers })
  })
}
