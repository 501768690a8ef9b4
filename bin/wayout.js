#!/usr/bin/env node
// Hands the arguments and streams to src/cli; the exit code is set, not forced, so that all output is written out.
import { main } from '../dist/bundle/main.js'

const { argv, stdout, stderr, env } = process
// A reader that has seen enough (`wayout | head -1`) is no fault: the rest is dropped, the exit code stays the right one.
for (const stream of [stdout, stderr]) {
  stream.on('error', error => {
    if (error.code !== 'EPIPE') throw error
  })
}
process.on('uncaughtException', fault => {
  stderr.write(`${fault?.stack ?? fault}\nthis is a fault of wayout: please report it\n`)
  process.exitCode = 4
})

const streams = {
  // Asked for only where something is read from it: opening it costs time.
  get stdin() {
    return process.stdin
  },
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  isTTY: stdout.isTTY,
  columns: stdout.columns,
}
process.exitCode = await main(argv.slice(2), streams)
