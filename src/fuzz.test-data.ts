// How often the property tests of the readers and the recogniser are tried: few times in the suite, longer for `npm run fuzz`.

/**
 * The settings of a property: its own seed and number of runs. WAYOUT_RUNS asks for more runs, WAYOUT_SEED for other
 * ones (any integer); a failure prints the seed and the path that bring it back.
 */
export function runs(seed: number, numRuns: number): { seed: number; numRuns: number } {
  return {
    seed: Number(process.env.WAYOUT_SEED || seed),
    numRuns: Number(process.env.WAYOUT_RUNS || numRuns),
  }
}
