// A plugin of Stryker: takes a random sample of the mutants by a fixed seed, and writes down each result as it comes.
import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { declareClassPlugin } from '@stryker-mutator/api/plugin'

/** Which part of all mutants, of 1; the parts `0-0.05` and `0.05-0.1` have no mutant in common. */
const [FROM = 0, TO = 1] = (process.env.MUTANTS ?? '0-0.05').split('-').map(Number)
const SEED = process.env.MUTANTS_SEED ?? '1'
const RESULTS = process.env.MUTANTS_RESULTS ?? 'mutants.jsonl'

/** The place of a mutant among all, from 0 to 1: by what it changes, so that it is the same in every run. */
function placeOf({ fileName, location, replacement }) {
  const name = `${SEED} ${fileName.replace(/^.*\/src\//, 'src/')} ${JSON.stringify(location)} ${replacement}`
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32
}

/** Stryker counts what does not compile for nothing: the mutants outside the sample are said not to. */
class Sample {
  async init() {}
  async check(mutants) {
    const results = mutants.map(mutant => {
      const place = placeOf(mutant)
      const isIn = place >= FROM && place < TO
      return [
        mutant.id,
        isIn ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]
    })
    return Object.fromEntries(results)
  }
  group(mutants) {
    return [mutants.map(({ id }) => id)]
  }
}

class Results {
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status === 'CompileError' || status === 'Ignored') return
    const file = fileName.replace(/^.*\/src\//, 'src/')
    appendFileSync(
      RESULTS,
      `${JSON.stringify({ status, file, line: location.start.line, mutatorName, replacement })}\n`,
    )
  }
}

export const strykerPlugins = [
  declareClassPlugin('Checker', 'sample', Sample),
  declareClassPlugin('Reporter', 'results', Results),
]
