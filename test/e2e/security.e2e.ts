// What a browser may and may not do with a served application.
import { createServer } from 'node:http'
import { expect, test } from './application.ts'

test('a link opens the application once, and a used one is refused with words', async ({
  page,
  application,
  browser,
}) => {
  await page.goto(application.url)
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  expect(page.url()).not.toContain(
    new URL(application.url).search || new URL(application.url).pathname.slice(1) || '#token',
  )

  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  const response = await other.goto(application.url)
  expect(response?.ok()).toBe(false)
  await expect(other.getByRole('heading', { name: 'A fresh link is needed' })).toBeVisible()
  await expect(other.getByRole('main').or(other.locator('body'))).toContainText('This link has been used')
  await expect(other.getByText('Black Friday')).toBeHidden()

  await other.goto(new URL('/', application.url).href)
  await expect(other.locator('body')).toContainText('This browser has no session with Headroom.')
  await stranger.close()

  await page.reload()
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
})

test('a page of another origin reads nothing and opens no socket, session or not', async ({ page, application }) => {
  await page.goto(application.url)
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Elsewhere</h1>'),
  )
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const foreign = await page.context().newPage()
  await foreign.goto(`http://127.0.0.1:${port}/`)
  const { origin, host } = new URL(application.url)
  const read = await foreign.evaluate(async (url) => {
    try {
      return await (await fetch(url, { credentials: 'include' })).text()
    } catch (error) {
      return String(error)
    }
  }, `${origin}/`)
  expect(read).toMatch(/^TypeError/u)
  const opened = await foreign.evaluate(
    async (url) =>
      await new Promise<string>((resolve) => {
        const socket = new WebSocket(url)
        socket.addEventListener('open', () => resolve('open'))
        socket.addEventListener('error', () => resolve('refused'))
      }),
    `ws://${host}/`,
  )
  expect(opened).toBe('refused')
  await foreign.close()
  server.close()
})
