// A repository of a gym for tests of the command line: playbooks that lead to each other, and runs in it.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { main } from './main.ts'
import type { Streams } from './streams.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A temporary folder with these files; returns its real path. Removed when the tests of the file are done. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-gym-')))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) put(folder, path, text)
  return folder
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

export type Ran = { code: number; out: string; err: string }

/** Runs the command line in this process; `words` are split at blanks. */
export async function run(cwd: string, words: string, more: Partial<Streams> = {}): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' }
  ran.code = await main(words.split(' ').filter(Boolean), {
    stdin: (async function* () {})(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd,
    today: '2026-11-22',
    ...more,
  })
  return ran
}

/** Two offers that lead to each other; the way out is another file, and one line is an exception on record. */
export const GYM: Readonly<Record<string, string>> = {
  'wayout.yaml': `packs: [recommended, pedantic]
rules: {hold-bounded: {max: 3 min}}
overrides:
  - {files: [front/], rules: {hold-bounded: {max: 10 min}, feedback-asked: off}}
suppressions:
  - {files: [front/], rules: [hold-bounded], reason: the new script comes in spring}
acts:
  raffle: {title: a raffle, by: company, phrases: [win a towel]}
`,
  'calls.yaml': `playbook: Leaving Iron Hall
channel: phone
steps:
  hello:
    say: Iron Hall, how can I help?
    next:
      - customer: I want to cancel my membership
        go: half-price
      - customer: I have a question
        go: front/desk.md
      - otherwise: anything else
        go: queue
  half-price:
    say: Before you go, you could have it at half price, or win a towel.
    next:
      - customer: accepts the offer
        end: kept
      - customer: declines the offer
        go: free-month
  free-month:
    say: And if we gave you the next month free of charge?
    next:
      - customer: declines the offer
        go: half-price
      - otherwise: takes it
        end: kept
  # wayout-disable-next-step hold-bounded -- the queue is that of the chain until 2026-12-31
  queue:
    acts: [{hold: {max: 20 min}}]
    call: front/survey.yaml#start
    end: resolved
`,
  'front/desk.md': `# The desk

Keep the caller on hold for 8 minutes.

- If the customer asks for a manager: go to [Manager](#manager)
- Otherwise: follow [the calls](../calls.yaml)

## Manager

> I will put you through to my supervisor. Überraschung, İstanbul!

End: handed off
`,
  'front/survey.yaml': `playbook: Survey
entry: false
steps:
  start: {say: How did we do?, end: resolved}
`,
  'front/broken.yaml': 'playbook: Broken\nsteps: [\n',
  'back/typo.yaml': 'playbook: Typo\nsteps:\n  hello: {say: [}\n',
}
