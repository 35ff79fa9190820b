/** What the page may do, whichever door serves it. */

/**
 * The content security policy of every response: only our own files, styles by nonce, nothing inline, nothing from
 * elsewhere.
 * @param nonce allows the styles that the page itself makes; fresh for every response of the page
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The page's HTML with the nonce where its scripts look for it. */
export function withStyleNonce(html: string, nonce: string): string {
  return html.replace('<head>', `<head><meta name="style-nonce" content="${nonce}" />`)
}

/** Kinds of files of the page by their names' ends; nothing else is served. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}
