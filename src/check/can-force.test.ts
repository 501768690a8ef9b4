// The game on flows: turns, blocked requests, trapdoors, decisive steps and repair lists; and the worked example of the theory.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CUSTOMER, cooperative, fair, sure } from '../flow/game.ts'
import { shortestPath } from '../flow/graph.ts'
import { flowOf } from '../flow/sketch.test-data.ts'
import { unfolder } from '../flow/unfold.ts'
import { grade, lint } from '../index.ts'
import type { Flow } from '../model/flow.ts'
import type { Rule } from '../model/rule.ts'
import { builtInRules } from '../ruleset/load.ts'
import { anyTalk, isCustomers } from './can-force.test-data.ts'
import { conditionsOf } from './condition.ts'
import { primitiveOf } from './primitives.ts'
import { turnsOf } from './turns.ts'
import { type Stance, type View, viewOf } from './view.ts'

const numRuns = Number(process.env.WAYOUT_RUNS ?? 400)
const settings = { seed: 2010, numRuns }

function look(flow: Flow, stance: Stance = 'suspicious'): View {
  return viewOf(flow, unfolder(flow)(0), conditionsOf(flow), stance)
}

const goals = (view: View) => {
  const goal = view.meets('cancellation-processed', 'demand')
  return [...goal.keys()].filter(v => goal[v])
}

/** The vertices of the unfolding from which the customer wins. */
function won(view: View, solve: typeof sure, offeredOnly = false): boolean[] {
  const rank = solve(turnsOf(view, { offeredOnly }), goals(view))
  return [...rank.subarray(0, view.unfolding.graph.size)].map(r => r !== -1)
}

/** What is won in `few` and lost in `many`. */
const lost = (few: boolean[], many: boolean[]) => few.filter((w, v) => w && !many[v])

describe('turns', () => {
  test('company before customer is never kinder than the customer coming first', () => {
    let gaps = 0
    fc.assert(
      fc.property(anyTalk, sketch => {
        const view = look(flowOf(sketch))
        const first = flowOf(sketch)
        for (const t of first.transitions) if (t.chooser === 'customer') t.transition.interrupt = true
        const kind = look(first)
        for (const solve of [sure, fair, cooperative]) {
          expect(lost(won(view, solve), won(kind, solve))).toEqual([])
          if (`${won(view, solve)}` !== `${won(kind, solve)}`) gaps++
        }
      }),
      settings,
    )
    expect(gaps).toBeGreaterThan(numRuns / 50)
  })

  test('an unknown chooser is the company when in doubt, and the customer at best', () => {
    let gaps = 0
    fc.assert(
      fc.property(anyTalk, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (sketch, unsure) => {
        const flow = flowOf(sketch)
        for (const [i, t] of flow.transitions.entries())
          if (unsure[i % 20] && t.chooser !== null) t.chooser = 'unknown'
        const [bad, good] = [look(flow), look(flow, 'trusting')]
        for (const solve of [sure, fair]) {
          expect(lost(won(bad, solve), won(good, solve))).toEqual([])
          if (`${won(bad, solve)}` !== `${won(good, solve)}`) gaps++
        }
        // Who decides cannot matter to what is possible at all.
        expect(won(bad, cooperative)).toEqual(won(good, cooperative))
      }),
      settings,
    )
    expect(gaps).toBeGreaterThan(numRuns / 50)
  })

  test('ways nobody tells of never help the customer more than all ways', () => {
    fc.assert(
      fc.property(anyTalk, fc.nat(2 ** 20), (sketch, bits) => {
        const flow = flowOf(sketch)
        for (const [i, t] of flow.transitions.entries()) if ((bits >> (i % 20)) & 1) t.told = 'unprompted'
        const view = look(flow)
        expect(lost(won(view, fair, true), won(view, fair))).toEqual([])
      }),
      settings,
    )
  })

  test('the last to decide on any way out of trouble is never the customer', () => {
    let seen = 0
    fc.assert(
      fc.property(anyTalk, sketch => {
        const view = look(flowOf(sketch))
        const turns = turnsOf(view, { offeredOnly: false })
        const targets = goals(view)
        const rank = fair(turns, targets)
        for (let v = 0; v < turns.graph.size; v++) {
          if (rank[v] !== -1) continue
          const route = shortestPath(turns.graph.size, turns.graph.out, [v], u => targets.includes(u))
          if (!route) continue
          seen++
          expect(turns.owner[route.findLast(u => rank[u] === -1)!]).not.toBe(CUSTOMER)
        }
      }),
      settings,
    )
    expect(seen).toBeGreaterThan(numRuns)
  })
})

const CHECK = {
  check: 'can_force',
  from: 'cancel-request',
  to: 'cancellation-processed',
  strength: 'eventual',
  released_by: { act: 'cancel-withdrawn', by: 'customer' },
} as const

function run(flow: Flow) {
  const conditions = conditionsOf(flow)
  const view = viewOf(flow, unfolder(flow)(0), conditions, 'suspicious')
  return { view, judgement: primitiveOf('can_force')!(view, CHECK as never, conditions) }
}

describe('findings', () => {
  test('blocked where the request is lost, a trapdoor where an answer of the customer loses it, and nothing else', () => {
    let blocked = 0
    let trapdoors = 0
    fc.assert(
      fc.property(anyTalk, sketch => {
        const { view, judgement } = run(flowOf(sketch))
        const wins = won(view, fair)
        const possible = won(view, cooperative)
        const { out } = view.unfolding.graph
        for (const { path, culprit, loopsTo, hopeless, values } of judgement.failures) {
          for (const [i, v] of path.entries())
            if (i > 0)
              expect([
                ...out.targets.subarray(out.starts[path[i - 1]!], out.starts[path[i - 1]! + 1]),
              ]).toContain(v)
          if (loopsTo !== undefined) {
            const last = path[path.length - 1]!
            expect([...out.targets.subarray(out.starts[last], out.starts[last + 1])]).toContain(path[loopsTo])
          }
          const at = path.indexOf(culprit)
          expect(wins[culprit]).toBe(false)
          if (values.decider !== 'the customer') {
            blocked++
            expect(view.meets('cancel-request', 'trigger')[culprit]).toBe(1)
            expect(hopeless === true).toBe(!possible[culprit])
          } else {
            trapdoors++
            expect(isCustomers(view, culprit)).toBe(true)
            const before = path[at - 1]!
            expect(wins[before] || (possible[before] && !possible[culprit])).toBe(true)
          }
          // What follows stays out of the winning set: it is no way out.
          for (const v of path.slice(at)) expect(wins[v]).toBe(false)
        }
        expect(judgement.failures.length > 0).toBe(anyLost(view, wins, possible))
      }),
      settings,
    )
    expect(blocked).toBeGreaterThan(numRuns / 10)
    expect(trapdoors).toBeGreaterThan(numRuns / 50)
  })

  test('the repair list repairs: whoever hands these steps to the customer lets the request win', () => {
    let repaired = 0
    fc.assert(
      fc.property(anyTalk, sketch => {
        const flow = flowOf(sketch)
        const { judgement, view } = run(flow)
        for (const { fix, culprit } of judgement.failures) {
          const steps = [...(fix ?? '').matchAll(/"Step (\d+)"/g)].map(match => Number(match[1]))
          // Longer lists are cut.
          if (steps.length === 0 || steps.length >= 5) continue
          const handed = flowOf(sketch)
          for (const t of handed.transitions)
            if (steps.includes(t.from) && t.chooser !== null) t.chooser = 'customer'
          const after = look(handed)
          expect(after.unfolding.event).toEqual(view.unfolding.event)
          expect(won(after, fair)[culprit]).toBe(true)
          repaired++
        }
      }),
      settings,
    )
    expect(repaired).toBeGreaterThan(numRuns / 20)
  })
})

/** The definition, on every state of a request: open or not, told by walking all ways. */
function anyLost(view: View, wins: boolean[], possible: boolean[]): boolean {
  const { graph, start } = view.unfolding
  const request = view.meets('cancel-request', 'trigger')
  const ends = view.meets({ any: ['cancellation-processed', CHECK.released_by] }, 'demand')
  const seen = new Set<string>()
  const waiting: [number, boolean][] = [[start, request[start] === 1 && !ends[start]]]
  for (const [v, open] of waiting) {
    if (seen.has(`${v} ${open}`)) continue
    seen.add(`${v} ${open}`)
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
      const u = graph.out.targets[e]!
      const gone = (wins[v] && !wins[u]) || (possible[v] && !possible[u])
      if (open && gone && isCustomers(view, u) && !ends[u]) return true
      if (!open && request[u] && !ends[u] && !wins[u]) return true
      waiting.push([u, ends[u] ? false : open || request[u] === 1])
    }
  }
  return request[start] === 1 && !ends[start] && !wins[start]
}

describe('the worked example', () => {
  const path = 'river-gym.yaml'
  const playbook = readFileSync(join(import.meta.dirname, '../../fixtures/check', path), 'utf8')
  const rules: Rule[] = builtInRules().filter(rule => rule.id === 'cancellation-forceable')

  async function found(text: string): Promise<{ at: string; hangs: string; fix: string; story: string }[]> {
    const { result, faults } = await lint([{ path, text, named: true }], { rules })
    expect(faults).toEqual([])
    return result.findings.map(({ message, fix, witness, loopsTo, verdict, range }) => {
      expect(verdict).toBe('violated')
      return {
        at: text.split('\n')[range.start.line - 1]!.replace(/^ *- /, ''),
        hangs: message.split(': ').pop()!,
        fix,
        story: `${witness.map(w => w.step + (w.choice ? ` [${w.choice}]` : '')).join(' > ')}${
          loopsTo === undefined ? '' : ` > ${witness[loopsTo]!.step}`
        }`,
      }
    })
  }
  async function graded(text: string) {
    const { entries } = await grade([{ path, text, named: true }])
    return entries.map(({ grade, decisive }) => [grade, decisive?.chooser ?? null, decisive?.title ?? null])
  }

  test('is blocked by the agent’s discretion, and has a trapdoor', async () => {
    const [blocked, trapdoor, ...more] = await found(playbook)
    expect(more).toEqual([])
    expect(blocked).toEqual({
      at: 'customer: wants to cancel',
      hangs: 'it hangs on the agent in "Customer insists"',
      fix: 'let the customer decide, or leave no choice, in "Customer insists" and in "verify"',
      story:
        'ask [wants to cancel] > verify [the number fits] > reason > first-offer [no] > ' +
        'insists [there may be something in it for them] > second-offer [no] > insists',
    })
    expect(trapdoor).toMatchObject({
      at: 'customer: pause instead',
      hangs: 'the answer "pause instead" in "First offer" silently gives it up',
    })
    expect(trapdoor!.story).toBe(
      'ask [wants to cancel] > verify [the number fits] > reason > first-offer [pause instead] > paused',
    )
    expect(await graded(playbook)).toEqual([['discretionary', 'agent', 'Customer insists']])
  })

  const withoutDiscretion = playbook.replace(/ {6}- agent: there may.*\n {8}go: second-offer\n/, '')
  test('without that discretion, it hangs on the check of the member number', async () => {
    const findings = await found(withoutDiscretion)
    expect(findings.map(({ at, hangs }) => [at, hangs])).toEqual([
      ['customer: wants to cancel', 'it hangs on circumstances in "verify"'],
      ['customer: pause instead', 'the answer "pause instead" in "First offer" silently gives it up'],
    ])
    expect(await graded(withoutDiscretion)).toEqual([['discretionary', 'world', 'verify']])
  })

  const withOtherProof = withoutDiscretion.replace(
    'they do not have it here\n        go: branch',
    'they have something else\n        go: reason',
  )
  test('with another proof, only the trapdoor stays, until the pause leads back', async () => {
    expect((await found(withOtherProof)).map(({ at }) => at)).toEqual(['customer: pause instead'])
    expect(await graded(withOtherProof)).toEqual([['eventual', null, null]])
    const marked = withOtherProof.replace(
      'pause instead\n        acts: []',
      'pause instead\n        acts: cancel-withdrawn',
    )
    expect(await found(marked)).toEqual([])
    const joinedUp = withOtherProof.replace('go: paused', 'go: insists')
    expect(await found(joinedUp)).toEqual([])
  })
})

describe('what the customer is told, and must put up with', () => {
  const talk = (ways: NonNullable<Parameters<typeof flowOf>[0]['playbooks'][0][0]['ways']>) =>
    flowOf({
      playbooks: [
        [
          { acts: ['cancel-request'], ways },
          { acts: ['cancellation-processed'], end: 'cancelled' },
        ],
      ],
    })
  const failures = (flow: Flow, demand: object) => {
    const conditions = conditionsOf(flow)
    const view = viewOf(flow, unfolder(flow)(0), conditions, 'suspicious')
    return primitiveOf('can_force')!(view, { ...CHECK, ...demand } as never, conditions).failures
  }

  test('an only way on that nobody tells of is no way out for a customer who must be told', () => {
    const flow = talk([{ to: 1, by: 'customer', when: 'insists' }])
    flow.transitions[0]!.told = 'unprompted'
    expect(failures(flow, { knowing: 'all' })).toEqual([])
    expect(failures(flow, { knowing: 'offered' })).toHaveLength(1)
    flow.transitions[0]!.told = 'offered'
    expect(failures(flow, { knowing: 'offered' })).toEqual([])
    // Nobody needs to be told of what simply comes next.
    const next = talk([{ to: 1, by: null }])
    next.transitions[0]!.told = 'unprompted'
    expect(failures(next, { knowing: 'offered' })).toEqual([])
  })

  test('limits count from the request on, and their failures are ways of the flow itself', () => {
    const offers = (before: number, after: number): Flow => {
      const offer = (i: number) => ({ acts: ['retention-offer'], ways: [{ to: i + 1, by: null }] })
      const request = { acts: ['cancel-request'], ways: [{ to: before + 1, by: null }] }
      const steps = Array.from({ length: before + after + 1 }, (_, i) => (i === before ? request : offer(i)))
      return flowOf({ playbooks: [[...steps, { acts: ['cancellation-processed'], end: 'cancelled' }]] })
    }
    const limit = { at_most: { 'retention-offer': 2 } }
    expect(failures(offers(4, 2), limit)).toEqual([])
    const flow = offers(1, 3)
    const [failure, ...more] = failures(flow, limit)
    expect(more).toEqual([])
    const { graph, event } = unfolder(flow)(0)
    expect(flow.steps[event[failure!.culprit]!]!.step.id).toBe('s1')
    for (const [i, v] of failure!.path.entries())
      if (i > 0)
        expect([
          ...graph.out.targets.subarray(
            graph.out.starts[failure!.path[i - 1]!],
            graph.out.starts[failure!.path[i - 1]! + 1],
          ),
        ]).toContain(v)
  })
})
