// Rules about one thing that must not come twice, told a second time for checking certificates: each thing is watched for itself.
import type { Act } from '../model/act.ts'
import type { Memory } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import type { Ground } from './proof-ground.ts'
import type { Meaning } from './proof-memory.ts'

/** `bound` with `per`, `cycle` with `same`; undefined for others. */
export function watchOf(ground: Ground, check: Check, partOf?: (v: number) => number): Meaning | undefined {
  if (check.check === 'bound' && check.per !== undefined)
    return askedTwice(ground, check.of, check.per, partOf ?? (() => -1))
  if (check.check === 'cycle' && check.same !== undefined) return backAgain(ground, check.through, check.same)
  return undefined
}

const NOBODY: Memory = 'nobody'
/** The circle in which something was asked, or that one has left it. */
const ELSEWHERE = 'elsewhere'

/** A memory is `nobody`, or a thing that is watched with how it stands: one word, a blank, the thing. */
function watching(
  begins: (v: number) => Memory[],
  onward: (how: string, thing: string, v: number) => Memory | null,
  subject: (v: number) => boolean,
): Meaning {
  return {
    watches: true,
    duties: 0,
    owes: () => false,
    fails: memory => memory === 'broken',
    asks: (_, v) => subject(v),
    step(memory, v) {
      if (memory === 'broken') return ['broken']
      if (memory === 'nothing' || memory === NOBODY) return [NOBODY, ...(subject(v) ? begins(v) : [])]
      const blank = memory.indexOf(' ')
      const next = onward(memory.slice(0, blank), memory.slice(blank + 1), v)
      return next === null ? [] : [next]
    },
  }
}

function actsAt({ flow, choiceAt, unfolded }: Ground, v: number): Act[] {
  return (choiceAt(v) ?? flow.steps[unfolded.event[v]!]!).acts
}

const plain = (value: unknown) => String(value).toLowerCase().trim()

/** What is asked by acts that do not list what they ask for. */
const SAYS_ITSELF: Readonly<Record<string, string>> = {
  'verify-identity': 'proof of identity',
  payment: 'payment',
  'ask-reason': 'the reason',
}

function askedTwice(
  ground: Ground,
  of: Extract<Check, { check: 'bound' }>['of'],
  attribute: string,
  partOf: (v: number) => number,
): Meaning {
  const isAsked = (v: number) => ground.meets(of, v, false)
  const itemsAt = (v: number): string[] =>
    actsAt(ground, v).flatMap(({ act, attributes }) => {
      const value = attributes[attribute]
      if (value !== undefined && value !== null) return [value].flat().map(plain)
      return SAYS_ITSELF[act] === undefined ? [] : [SAYS_ITSELF[act]]
    })
  return watching(
    v => itemsAt(v).map(item => `${partOf(v)} ${item}`),
    (part, item, v) => {
      const isHere = part !== ELSEWHERE && Number(part) === partOf(v)
      // Circumstances that lead back: whoever asks again does so for the first time.
      if (isHere && ground.choiceAt(v)?.chooser === 'world') return null
      if (isAsked(v) && itemsAt(v).includes(item)) return 'broken'
      return `${isHere ? part : ELSEWHERE} ${item}`
    },
    isAsked,
  )
}

function backAgain(
  ground: Ground,
  through: Extract<Check, { check: 'cycle' }>['through'],
  attribute: string,
): Meaning {
  const isThrough = (v: number) => ground.meets(through, v, false)
  const valueAt = (v: number): string | null => {
    const values = actsAt(ground, v).map(act => act.attributes[attribute])
    const value = values.find(one => one !== undefined && one !== null)
    return value === undefined ? null : plain(value)
  }
  return watching(
    v => (valueAt(v) === null ? [] : [`at ${valueAt(v)}`]),
    (how, team, v) => {
      const now = isThrough(v) ? valueAt(v) : null
      if (now === null) return `${how} ${team}`
      if (now === team) return how === 'left' ? 'broken' : `at ${team}`
      return `left ${team}`
    },
    isThrough,
  )
}
