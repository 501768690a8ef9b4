// Threads that share the reading of many files. What comes out does not depend on how many there are.
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ReadOptions } from '../run/settings.ts'
import type { Answer, Job } from './worker.ts'

export type Pool = {
  /** A file as read, serialised (`node:v8`). Rejects if reading it throws or a thread dies: a fault of wayout. */
  read(path: string, text: string): Promise<Uint8Array>
  /** Ends the threads; what is still to be read is given up. */
  close(): Promise<void>
}

type Waiting = Job & { done: (bytes: Uint8Array) => void; failed: (fault: Error) => void }

/** Files that a thread is given at a time, and how often it is given some before it has answered. */
const AT_ONCE = 8
const AHEAD = 2

/** Beside the program in the bundle; when run from its sources, that of the last build. */
export function workerFile(): URL {
  const here = new URL('./worker.js', import.meta.url)
  return existsSync(here) ? here : new URL('../../dist/bundle/worker.js', import.meta.url)
}

/** Starts the threads at once; they wait until `read` is called. */
export function startPool(threads: number, options: ReadOptions, file: URL = workerFile()): Pool {
  const waiting: Waiting[] = []
  const pending = new Map<number, Waiting>()
  let next = 0
  let fault: Error | undefined
  let isClosed = false
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(file, { workerData: options })
    const own = { worker, unanswered: new Set<number>() }
    worker.on('message', (answer: Answer) => {
      const job = pending.get(answer.id)
      pending.delete(answer.id)
      own.unanswered.delete(answer.id)
      if ('bytes' in answer) job?.done(answer.bytes)
      else job?.failed(new Error(`reading "${job.path}" failed: ${answer.fault}`))
      supply()
    })
    worker.on('error', error => died(error instanceof Error ? error.message : String(error)))
    worker.on('messageerror', error => died(error.message))
    worker.on('exit', code => {
      if (!isClosed) died(`it ended with code ${code}`)
    })
    return own
  })

  /** A file that no thread answers for is not read: nothing may look like a pass. */
  function died(why: string): void {
    fault ??= new Error(
      `a thread that reads files died: ${why}; "--jobs 1" reads them without threads, and may say more`,
    )
    for (const { failed } of [...pending.values(), ...waiting]) failed(fault)
    pending.clear()
    waiting.length = 0
  }

  function supply(): void {
    for (const { worker, unanswered } of workers) {
      while (waiting.length > 0 && unanswered.size <= AT_ONCE * (AHEAD - 1)) {
        const jobs = waiting.splice(0, AT_ONCE)
        for (const job of jobs) {
          pending.set(job.id, job)
          unanswered.add(job.id)
        }
        worker.postMessage(jobs.map(({ id, path, text }): Job => ({ id, path, text })))
      }
    }
  }

  return {
    read(path, text) {
      return new Promise((done, failed) => {
        if (fault) return failed(fault)
        waiting.push({ id: next++, path, text, done, failed })
        supply()
      })
    },
    async close() {
      isClosed = true
      await Promise.all(workers.map(({ worker }) => worker.terminate()))
    },
  }
}
