// Holds the monitors against temporal logic on finite traces, on all short words and many long ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Formula, holds, type Letters, PUBLISHED, segments } from './ltlf.test-data.ts'
import {
  absence,
  bound,
  CLOSES,
  existence,
  IS_STEP,
  LETTER,
  type Monitor,
  monitorOf,
  OPENS,
  type Pattern,
  precedence,
  REPEATS,
  response,
  responseWithin,
  type ScopeKind,
} from './monitor.ts'

const numRuns = Number(process.env.WAYOUT_RUNS ?? 250)
const settings = { seed: 1999, numRuns }

/** Letters of the pattern in the order in which the monitor numbers them. */
const PATTERNS: Readonly<Record<string, { pattern: () => Pattern; letters: string }>> = {
  absence: { pattern: absence, letters: 'p' },
  existence: { pattern: existence, letters: 'p' },
  precedence: { pattern: precedence, letters: 'sp' },
  response: { pattern: () => response(1), letters: 'ps' },
  chain: { pattern: () => response(2), letters: 'pst' },
}

function codeOf(letters: Letters, order: string): number {
  let code = IS_STEP
  if (letters.has('q')) code |= OPENS
  if (letters.has('r')) code |= CLOSES
  if (letters.has('again')) code |= REPEATS
  for (const [i, letter] of [...order].entries()) if (letters.has(letter)) code |= LETTER << i
  return code
}

function accepts(monitor: Monitor, codes: readonly number[]): boolean {
  // Those who begin to watch later, too.
  let states = [0]
  for (const code of codes)
    states = [
      ...states.map(state => monitor.step(state, code)),
      ...(monitor.afresh ? [monitor.afresh(code)] : []),
    ]
  return states.every(state => monitor.accepts(state))
}

const anyWord = (letters: string, maxLength: number): fc.Arbitrary<Letters[]> =>
  fc.array(
    fc.subarray([...letters]).map(some => new Set(some)),
    { maxLength },
  )

/** Every word of at most three events over these letters. */
function shortWords(letters: string): Letters[][] {
  const events = Array.from({ length: 2 ** letters.length }, (_, bits) => {
    return new Set([...letters].filter((_, i) => bits & (1 << i)))
  })
  const longer = (words: Letters[][]) => words.flatMap(word => events.map(event => [...word, event]))
  const one = longer([[]])
  const two = longer(one)
  return [[], ...one, ...two, ...longer(two)]
}

describe.each(Object.entries(PUBLISHED))('%s', (name, scopes) => {
  const [base, reopen] = name.split(' ') as [string, 'each' | undefined]
  const { pattern, letters } = PATTERNS[base]!
  test.each(Object.entries(scopes))('%s', (scope, formula: Formula) => {
    const monitor = monitorOf(pattern(), scope as ScopeKind, false, reopen ?? 'first')
    const alphabet = `${letters}${scope === 'global' ? '' : scope === 'before' ? 'r' : scope === 'after' ? 'q' : 'qr'}`
    const agree = (word: Letters[]) =>
      accepts(
        monitor,
        word.map(e => codeOf(e, letters)),
      ) === holds(formula, word)
    expect(shortWords(alphabet).filter(word => !agree(word))).toEqual([])
    fc.assert(fc.property(anyWord(alphabet, 12), agree), settings)
  })
})

const SCOPES: ScopeKind[] = ['global', 'after', 'after-until', 'between', 'before']

describe.each(SCOPES)('scope %s', scope => {
  const opening = scope === 'global' || scope === 'before' ? '' : 'q'
  const judged = (word: readonly Letters[]) =>
    segments(word, scope).filter(({ closed }) => closed || (scope !== 'between' && scope !== 'before'))

  test('counts in each segment', () => {
    fc.assert(
      fc.property(anyWord('pqr', 14), fc.nat(3), (word, max) => {
        const monitor = monitorOf(bound(max), scope)
        const right = judged(word).every(({ from, to }) => {
          const count = word.slice(from, to).filter(e => e.has('p')).length
          return count <= max
        })
        expect(
          accepts(
            monitor,
            word.map(e => codeOf(e, 'p')),
          ),
        ).toBe(right)
      }),
      settings,
    )
  })

  test('counts afresh from every opening if told to', () => {
    fc.assert(
      fc.property(anyWord(`pr${opening}`, 14), fc.nat(2), (word, max) => {
        const monitor = monitorOf(bound(max), scope, false, 'each')
        const right = judged(word).every(({ from, to }) => {
          let count = 0
          for (let i = from; i < to; i++) {
            if (word[i]!.has('q')) count = 0
            if (word[i]!.has('p') && ++count > max) return false
          }
          return true
        })
        expect(
          accepts(
            monitor,
            word.map(e => codeOf(e, 'p')),
          ),
        ).toBe(right)
      }),
      settings,
    )
  })

  test('asks for what comes first afresh before each', () => {
    fc.assert(
      fc.property(anyWord('spqr', 14), word => {
        const monitor = monitorOf(precedence(true), scope)
        const right = judged(word).every(({ from, to }) => {
          let allowed = false
          return word.slice(from, to).every(e => {
            if (e.has('s')) allowed = true
            const inOrder = allowed || !e.has('p')
            if (e.has('p')) allowed = false
            return inOrder
          })
        })
        expect(
          accepts(
            monitor,
            word.map(e => codeOf(e, 'sp')),
          ),
        ).toBe(right)
      }),
      settings,
    )
  })

  test('is dead only where nothing can repair it', () => {
    const patterns: fc.Arbitrary<Pattern> = fc.constantFrom(
      absence(),
      existence(),
      bound(1),
      precedence(),
      response(1),
      response(2),
      responseWithin(1),
    )
    fc.assert(
      fc.property(patterns, anyWord('pstqr', 8), anyWord('pstqr', 8), (pattern, word, more) => {
        const monitor = monitorOf(pattern, scope)
        let state = 0
        for (const e of word) state = monitor.step(state, codeOf(e, 'pst'))
        if (!monitor.dead(state)) return
        expect(monitor.accepts(state)).toBe(false)
        for (const e of more) state = monitor.step(state, codeOf(e, 'pst'))
        expect(monitor.dead(state)).toBe(true)
      }),
      settings,
    )
  })
})

test('a response within so many steps counts steps, not choices', () => {
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.array(fc.tuple(fc.subarray(['p', 's']), fc.boolean()), { maxLength: 14 }),
      (within, word) => {
        const monitor = monitorOf(responseWithin(within), 'global')
        const codes = word.map(
          ([letters, isStep]) => codeOf(new Set(letters), 'ps') & (isStep ? -1 : ~IS_STEP),
        )
        const right = word.every(([letters], i) => {
          if (!letters.includes('p')) return true
          let steps = 0
          for (let k = i; k < word.length; k++) {
            if (k > i && word[k]![1]) steps++
            if (steps > within) return false
            if (word[k]![0].includes('s')) return true
          }
          return false
        })
        expect(accepts(monitor, codes)).toBe(right)
      },
    ),
    settings,
  )
})

test('a repeated request opens the scope if a step lies between', () => {
  const event = fc.tuple(fc.boolean(), fc.subarray(['again', 'p']))
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), word => {
      const monitor = monitorOf(absence(), 'after', true)
      // Repeats stand on choices only, as the scope gives them out.
      const events = word.map(([isStep, letters]) => ({
        isStep,
        letters: new Set(isStep ? letters.filter(l => l !== 'again') : letters),
      }))
      const codes = events.map(({ isStep, letters }) => codeOf(letters, 'p') & (isStep ? -1 : ~IS_STEP))
      const opened = events.findIndex(({ letters }, i) => {
        if (!letters.has('again')) return false
        const first = events.findIndex(e => e.letters.has('again'))
        return events.slice(first, i).some(e => e.isStep)
      })
      const right = opened === -1 || events.slice(opened).every(e => !e.letters.has('p'))
      expect(accepts(monitor, codes)).toBe(right)
    }),
    settings,
  )
})
