// A thread that reads files: takes them from the thread that started it, gives each back as it was read.
import { serialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { readFile } from '../run/read.ts'
import type { ReadOptions } from '../run/settings.ts'

/** What it is sent, and what it answers; `fault` is the stack of what was thrown. */
export type Job = { id: number; path: string; text: string }
export type Answer = { id: number; bytes: Uint8Array } | { id: number; fault: string }

const options = workerData as ReadOptions

parentPort?.on('message', async (jobs: readonly Job[]) => {
  for (const { id, path, text } of jobs) {
    try {
      const bytes = new Uint8Array(serialize(await readFile(path, text, options)))
      parentPort?.postMessage({ id, bytes } satisfies Answer, [bytes.buffer])
    } catch (fault) {
      const told = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
      parentPort?.postMessage({ id, fault: told } satisfies Answer)
    }
  }
})
