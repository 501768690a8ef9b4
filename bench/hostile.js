// npm run hostile [-- PART OF A NAME [COMMAND]]: the built CLI on input made to break it; exit 1 if a run crashes or is over a bound.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOSTILE } from './hostile-input.js'

/** Of the processor, not of the clock: others on the machine do not count. */
const MAX_SECONDS = 30
const MAX_MEGABYTES = 1_500
/** Without a limit the garbage of a large file is collected late, and memory says nothing. */
const HEAP = '--max-old-space-size=1300'
const CLI = new URL('../bin/wayout.js', import.meta.url).pathname
/** Tells what was used on a channel of its own, as `time` would: seconds of the processor, kilobytes at most. */
const TELL = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>{const{userCPUTime:u,systemCPUTime:s,maxRSS:m}=process.resourceUsage();writeSync(3,JSON.stringify([(u+s)/1e6,m]))})`
const CRASHES = /Maximum call stack|RangeError|heap out of memory|Invalid (?:string|array) length|fault of wayout/i

function run(folder, name, command) {
  return new Promise(done => {
    const began = performance.now()
    const child = spawn(process.execPath, [HEAP, '--import', TELL, CLI, command, name], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    const said = { 1: '', 2: '', 3: '' }
    for (const fd of [1, 2, 3])
      child.stdio[fd].on('data', data => {
        if (said[fd].length < 100_000) said[fd] += data
      })
    const tooLong = setTimeout(() => child.kill('SIGKILL'), 5 * MAX_SECONDS * 1_000)
    child.on('close', (code, signal) => {
      clearTimeout(tooLong)
      const clock = (performance.now() - began) / 1_000
      const [seconds, kilobytes] = said[3] === '' ? [clock, Number.NaN] : JSON.parse(said[3])
      done({ code: code ?? signal, clock, seconds, megabytes: kilobytes / 1_024, said: said[2] + said[1] })
    })
  })
}

function faultsOf({ code, seconds, megabytes, said }) {
  return [
    ![0, 1, 3].includes(code) && `exit ${code}`,
    CRASHES.test(said) && 'crash',
    /root:.*:0:0:/.test(said) && 'read outside',
    seconds > MAX_SECONDS && `over ${MAX_SECONDS} s`,
    megabytes > MAX_MEGABYTES && `over ${MAX_MEGABYTES} MB`,
  ].filter(Boolean)
}

const [wanted = '', command = 'lint'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
let failures = 0
try {
  console.log(`${'input'.padEnd(34)} ${'KB'.padStart(6)} ${'CPU s'.padStart(6)} ${'clock'.padStart(6)} ${'MB'.padStart(5)}  exit  says`)
  for (const [name, make] of HOSTILE.filter(([name]) => name.includes(wanted))) {
    const content = make()
    writeFileSync(join(folder, name), content)
    const result = await run(folder, name, command)
    rmSync(join(folder, name))
    const faults = faultsOf(result)
    if (faults.length > 0) failures++
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are left out
    const first = result.said.replace(/\u001b\[[0-9;]*m/g, '').split('\n').map(line => line.trim()).find(line => line !== '' && line !== name) ?? ''
    const columns = [name.padEnd(34), String(Math.round(content.length / 1024)).padStart(6), result.seconds.toFixed(1).padStart(6), result.clock.toFixed(1).padStart(6), result.megabytes.toFixed(0).padStart(5)]
    console.log(`${columns.join(' ')}  ${String(result.code).padEnd(4)}  ${faults.length > 0 ? `FAULT: ${faults.join(', ')}: ` : ''}${first.slice(0, 110)}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(failures === 0 ? 'all within bounds' : `${failures} over the bounds (${MAX_SECONDS} s, ${MAX_MEGABYTES} MB) or crashed`)
process.exitCode = failures === 0 ? 0 : 1
