// A headless Chromium for the tests of the page, spoken to over a pipe; where there is none, those tests are skipped.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** The program, or undefined. */
export const CHROMIUM: string | undefined = ['chromium', 'chromium-browser', 'google-chrome'].find(
  name => spawnSync(name, ['--version']).status === 0,
)

export type Page = {
  /** Opens an address and waits until it is loaded. */
  open(url: string): Promise<void>
  /** The value of an expression on the page. */
  ask<T>(expression: string): Promise<T>
  key(name: string): Promise<void>
  /** Width, height, and what else the page is to believe (`prefers-color-scheme`, `dark`). */
  look(width: number, height: number, features?: Record<string, string>): Promise<void>
  /** A picture of what is in the window, as PNG. */
  picture(): Promise<Uint8Array>
  /** What the console and the browser complained of, and every request that was made. */
  complaints: string[]
  requests: string[]
  close(): Promise<void>
}

type Message = {
  id?: number
  method?: string
  params?: Record<string, never>
  result?: unknown
  error?: unknown
}

export async function openPage(): Promise<Page> {
  const home = mkdtempSync(join(tmpdir(), 'wayout-chromium-'))
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-pipe',
    `--user-data-dir=${home}`,
  ]
  const child = spawn(CHROMIUM!, [...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
  const waiting = new Map<number, (message: Message) => void>()
  const heard = new Map<string, () => void>()
  const [complaints, requests]: [string[], string[]] = [[], []]
  let rest = ''
  from.setEncoding('utf8').on('data', (chunk: string) => {
    const texts = (rest + chunk).split('\0')
    rest = texts.pop()!
    for (const text of texts) hear(JSON.parse(text))
  })
  let last = 0
  let session: string | undefined

  function hear({ id, method, params, ...message }: Message): void {
    if (id !== undefined) waiting.get(id)?.(message)
    else if (method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown')
      complaints.push(JSON.stringify(params))
    else if (method === 'Network.requestWillBeSent')
      requests.push((params as { request?: { url: string } }).request!.url)
    if (method) heard.get(method)?.()
  }

  function send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++last
    to.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`)
    return new Promise((done, fail) => {
      waiting.set(id, ({ result, error }) =>
        error ? fail(new Error(JSON.stringify(error))) : done(result as T),
      )
    })
  }

  const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
  session = (await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true }))
    .sessionId
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`)

  return {
    complaints,
    requests,
    async open(url) {
      const loaded = new Promise<void>(done => heard.set('Page.loadEventFired', done))
      await send('Page.navigate', { url: 'about:blank' })
      await loaded
      const there = new Promise<void>(done => heard.set('Page.loadEventFired', done))
      requests.length = 0
      await send('Page.navigate', { url })
      await there
    },
    async ask<T>(expression: string) {
      const { result, exceptionDetails } = await send<{ result: { value: T }; exceptionDetails?: object }>(
        'Runtime.evaluate',
        { expression, returnByValue: true, awaitPromise: true },
      )
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
      return result.value
    },
    async key(name) {
      for (const type of ['keyDown', 'keyUp'])
        await send('Input.dispatchKeyEvent', { type, key: name, code: name })
    },
    async look(width, height, features = {}) {
      const screen = { width, height, deviceScaleFactor: 1, mobile: width < 600 }
      await send('Emulation.setDeviceMetricsOverride', screen)
      const list = Object.entries({ 'prefers-reduced-motion': 'reduce', ...features })
      await send('Emulation.setEmulatedMedia', { features: list.map(([name, value]) => ({ name, value })) })
    },
    async picture() {
      const { data } = await send<{ data: string }>('Page.captureScreenshot', { format: 'png' })
      return Buffer.from(data, 'base64')
    },
    async close() {
      const gone = new Promise(done => child.once('close', done))
      session = undefined
      await send('Browser.close').catch(() => child.kill())
      await gone
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
