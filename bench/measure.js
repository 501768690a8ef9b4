// Measures whole processes against each other and prints tables of ratios.
import { spawnSync } from 'node:child_process'

const USAGE = new URL('usage.cjs', import.meta.url).pathname

/**
 * The least of several runs of each command (arguments of `node`, or what gives them for the run at hand): processor time and wall time in milliseconds; and
 * the most memory, in MB. All take turns, so that a machine that is busy for a while slows them alike; what other
 * processes take meanwhile is in the wall time only.
 */
export function measure(commands, runs, cwd) {
  const least = commands.map(() => ({ cpu: Infinity, wall: Infinity, memory: 0 }))
  for (let run = 0; run < runs; run++) {
    for (const [i, command] of commands.entries()) {
      const args = typeof command === 'function' ? command(run) : command
      const before = performance.now()
      const ran = spawnSync(process.execPath, ['-r', USAGE, ...args], {
        cwd,
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
        maxBuffer: 2 ** 28,
      })
      const wall = performance.now() - before
      // Findings are what is expected here.
      if (ran.status !== 0 && ran.status !== 1) throw new Error(`${args.join(' ')}: ${ran.status} ${ran.stderr}`)
      const { cpu, memory } = JSON.parse(ran.output[3])
      const best = least[i]
      best.cpu = Math.min(best.cpu, cpu)
      best.wall = Math.min(best.wall, wall)
      best.memory = Math.max(best.memory, memory)
    }
  }
  return least
}

/** The least processor time in milliseconds, all threads, that `work` takes in this process. */
export function least(work, runs) {
  let best = Infinity
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

export function row(what, ...cells) {
  console.log(`${what.padEnd(37)}${cells.map(cell => cell.padStart(17)).join('')}`)
}

/** A ratio, with its bar in brackets if it has one; `!` where it misses it. */
export function against(ratio, bar) {
  if (bar === undefined) return `${ratio.toFixed(2)} ×`
  return `${ratio <= bar ? '' : '! '}${ratio.toFixed(2)} × (${bar})`
}

/**
 * Measures rows of `{ what, args, bar, of, by }`, each against the first or against the row named by `of`; `bar` is
 * the ratio to reach, of processor time unless `by` says `wall`.
 */
export function table(title, rows, runs, cwd) {
  console.log(title)
  row('', 'processor', '', 'wall', '', 'MB')
  const measured = measure(
    rows.map(({ args }) => args),
    runs,
    cwd,
  )
  for (const [i, { what, bar, of, by = 'cpu' }] of rows.entries()) {
    const { cpu, wall, memory } = measured[i]
    const floor = measured[of === undefined ? 0 : rows.findIndex(other => other.what === of)]
    row(
      what,
      `${cpu.toFixed(0)} ms`,
      against(cpu / floor.cpu, by === 'cpu' ? bar : undefined),
      `${wall.toFixed(0)} ms`,
      against(wall / floor.wall, by === 'wall' ? bar : undefined),
      memory.toFixed(0),
    )
  }
  console.log()
  return measured
}
