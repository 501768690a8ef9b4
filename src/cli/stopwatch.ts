// How long the stages of a run took, for `--stats`.

export type Lap = { stage: string; milliseconds: number }

export type Stopwatch = {
  /** Begins a stage, which ends the one before. */
  start(stage: string): void
  /** Ends the last stage. */
  stop(): readonly Lap[]
}

/** Its first stage is the configuration. */
export function stopwatch(): Stopwatch {
  const laps: Lap[] = []
  let running = 'configuration'
  let since = performance.now()
  const lap = () => {
    const now = performance.now()
    laps.push({ stage: running, milliseconds: now - since })
    since = now
  }
  return {
    start(stage) {
      lap()
      running = stage
    },
    stop() {
      lap()
      return laps
    },
  }
}
