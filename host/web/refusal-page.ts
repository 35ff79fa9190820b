/** What a browser shows that has no session: why, and how to come in. */

/** Why there is no session. */
export type RefusalReason = 'no-session' | 'link-used'

const FIRST: Readonly<Record<RefusalReason, string>> = {
  'no-session': 'This browser has no session with Headroom.',
  'link-used': 'This link has been used: each opens Headroom once.',
}

/** A whole page; `nonce` is that of its content security policy. */
export function refusalPage(reason: RefusalReason, nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <title>Headroom: a fresh link is needed</title>
    <style nonce="${nonce}">
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto 0; padding: 0 24px }
      h1 { font-size: 20px }
      code { font: 14px ui-monospace, monospace }
    </style>
  </head>
  <body>
    <h1>A fresh link is needed</h1>
    <p>${FIRST[reason]} Nothing is lost: your scenarios and runs are kept by the host.</p>
    <p>In the terminal where Headroom runs, press Enter and open the link that it prints; or run
      <code>headroom serve</code> once more, which prints one for the host that is running.</p>
    <p>If you came here from a link in another page, <a href="/">open Headroom</a> from here.</p>
  </body>
</html>
`
}
