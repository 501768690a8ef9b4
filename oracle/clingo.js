// The customer's game against clingo: the same questions as answer sets, by another paradigm than ours (theory.md §10).
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { cooperative, fair, sure } from '../dist/flow/game.js'
import { gameOf, gamesUpTo } from '../dist/flow/game.test-data.js'

/** Many games in one program; `o` numbers the owner: 0 customer, 1 company, 2 world. */
const SETS = `
ef(G,X) :- t(G,X).
ef(G,X) :- e(G,X,Y), ef(G,Y).
sure(G,X) :- t(G,X).
sure(G,X) :- own(G,X,0), e(G,X,Y), sure(G,Y), not t(G,X).
sure(G,X) :- own(G,X,O), O != 0, not t(G,X), e(G,X,_), sure(G,Y) : e(G,X,Y).
#show ef/2. #show sure/2.
`
/** One question: is there a choice of the customer after which a target stays in reach, whatever the company does? */
const FAIR = `
1 { pick(X,Y) : e(X,Y) } 1 :- own(X,0), not t(X), e(X,_).
m(X,Y) :- pick(X,Y).
m(X,Y) :- own(X,O), O != 0, not t(X), e(X,Y).
r(S) :- start(S).
r(Y) :- r(X), m(X,Y).
pos(X) :- t(X).
pos(X) :- not own(X,1), m(X,Y), pos(Y).
pos(X) :- own(X,1), not t(X), e(X,_), pos(Y) : e(X,Y).
:- r(X), not pos(X).
#show.
`

function clingo(program) {
  const { stdout, error } = spawnSync('clingo', ['-V0', '-'], { input: program, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (error) throw error
  return stdout
}

function facts({ owner, next, targets }, prefix) {
  const lines = []
  for (const [v, o] of owner.entries()) lines.push(`own(${prefix}${v},${o}).`)
  for (const [v, all] of next.entries()) for (const u of all) lines.push(`e(${prefix}${v},${u}).`)
  for (const t of targets) lines.push(`t(${prefix}${t}).`)
  return lines.join('\n')
}

export function games({ runs, seed }) {
  const all = fc.sample(gamesUpTo(30), { numRuns: runs, seed })
  const asked = all.map(small => ({ small, game: gameOf(small) }))
  return [...sets(asked), eventual(asked, seed)]
}

/** Sure and co-operative winning sets, a hundred games at a time. */
function sets(asked) {
  const results = [
    { question: 'who wins for sure', name: 'sure', solve: sure },
    { question: 'who wins if everybody is kind', name: 'ef', solve: cooperative },
  ].map(one => ({ ...one, asked: 0, yes: 0, different: [] }))
  for (let from = 0; from < asked.length; from += 100) {
    const batch = asked.slice(from, from + 100)
    const program = batch.map(({ small }, i) => facts(small, `${i},`)).join('\n')
    const atoms = new Set(clingo(SETS + program).split(/\s+/))
    for (const [i, { small, game }] of batch.entries())
      for (const result of results) {
        const rank = result.solve(game, small.targets)
        const wrong = [...rank.keys()].filter(v => (rank[v] !== -1) !== atoms.has(`${result.name}(${i},${v})`))
        result.asked += rank.length
        result.yes += rank.filter(r => r !== -1).length
        if (wrong.length > 0) result.different.push({ game: small, wrong })
      }
  }
  return results
}

/** In a fair world: one question a place, for the first places of each game. */
function eventual(asked, seed) {
  const result = { question: 'who wins in a fair world', asked: 0, yes: 0, different: [] }
  for (const [i, { small, game }] of asked.entries()) {
    const rank = fair(game, small.targets)
    const open = [...rank.keys()].filter(v => !small.targets.includes(v))
    // One place won and one lost, if there are such, wherever the seed points to.
    const some = [true, false].map(won => open.filter(v => (rank[v] !== -1) === won)).map(list => list[(seed + i) % list.length])
    for (const v of some) {
      if (v === undefined) continue
      const won = !clingo(`${FAIR}${facts(small, '')}\nstart(${v}).`).includes('UNSATISFIABLE')
      result.asked++
      if (won) result.yes++
      if (won !== (rank[v] !== -1)) result.different.push({ game: small, place: v, clingo: won })
    }
  }
  return result
}
