// `--fix`: makes the repairs of findings, checks after each that nothing else has changed, and looks again.
import type { Edit, Repair } from '../model/edit.ts'
import type { Finding, LintResult, Repaired, RepairedPlace } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { difference } from './same.ts'
import { edited, inOrder, overlap } from './text.ts'

/** A run over the files as they are now. */
export type Looked = { result: LintResult; flow: Flow }

export type Looking<L extends Looked> = {
  /** Lints, or only reads, all files; those in `texts` with these texts instead of their own. */
  lint(texts: ReadonlyMap<string, string>): Promise<L>
  read(texts: ReadonlyMap<string, string>): Promise<Flow>
  textOf(path: string): string | undefined
  /** Why a file may not be changed; null if it may. */
  refusal(path: string): string | null
}

export type Fixed<L extends Looked> = {
  /** The last run, over the repaired texts. */
  last: L
  /** The new texts of the files that changed. */
  texts: Map<string, string>
  repaired: Repaired
}

/** A repair may open the way for another; more rounds than this are no progress. */
const MOST_PASSES = 10
/** Repairs that cannot be made together are tried one by one; each costs a reading of everything. */
const MOST_TRIED = 200

type Candidate = { finding: Finding; repair: Repair; place: RepairedPlace }

/**
 * Repairs what can be repaired, in passes: of repairs that overlap the first is made, the others are looked at in the
 * next pass. A repair is kept only if the files then read the same but for what it says.
 */
export async function fix<L extends Looked>(looking: Looking<L>): Promise<Fixed<L>> {
  const texts = new Map<string, string>()
  const repaired: Repaired = { done: [], left: [] }
  const refused = new Set<string>()
  const leave = ({ place }: Candidate, reason: string) => {
    refused.add(nameOf(place))
    repaired.left.push({ ...place, reason })
  }
  let tried = 0
  let last = await looking.lint(texts)
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const chosen: Candidate[] = []
    for (const candidate of candidatesOf(last.result.findings)) {
      if (refused.has(nameOf(candidate.place))) continue
      const no = looking.refusal(candidate.place.path)
      if (no !== null) leave(candidate, no)
      else if (!chosen.some(other => areInTheWay(candidate, other))) chosen.push(candidate)
    }
    if (chosen.length === 0) break
    const wrongWith = async (some: readonly Candidate[]) =>
      whatElse(last.flow, await looking.read(withEdits(some)), some)
    const kept = (await wrongWith(chosen)) === null ? chosen : []
    if (kept.length === 0) {
      for (const candidate of chosen) {
        const wrong = tried++ < MOST_TRIED ? await wrongWith([...kept, candidate]) : 'too much else would'
        if (wrong === null) kept.push(candidate)
        else leave(candidate, `with it ${wrong}`)
      }
    }
    if (kept.length === 0) break
    for (const [path, text] of withEdits(kept)) texts.set(path, text)
    repaired.done.push(...kept.map(({ place }) => place))
    last = await looking.lint(texts)
  }
  return { last, texts, repaired }

  /** All texts that differ from the files: those of earlier passes, and with the edits of these repairs. */
  function withEdits(candidates: readonly Candidate[]): Map<string, string> {
    const edits = new Map<string, Edit[]>()
    for (const { place, repair } of candidates)
      edits.set(place.path, [...(edits.get(place.path) ?? []), ...repair.edits])
    const next = new Map(texts)
    for (const [path, own] of edits) {
      const text = texts.get(path) ?? looking.textOf(path)
      if (text !== undefined) next.set(path, edited(text, inOrder(own)))
    }
    return next
  }
}

function candidatesOf(findings: readonly Finding[]): Candidate[] {
  return findings.flatMap(finding => {
    const { repair, rule, path, range } = finding
    if (!repair) return []
    const { line, column } = range.start
    return [{ finding, repair, place: { rule, path, line, column, description: repair.description } }]
  })
}

function areInTheWay(a: Candidate, b: Candidate): boolean {
  return (
    a.place.path === b.place.path && a.repair.edits.some(one => b.repair.edits.some(two => overlap(one, two)))
  )
}

/** Lines do not count: they move with what is repaired before. */
function nameOf({ rule, path, description }: RepairedPlace): string {
  return `${rule}\n${path}\n${description}`
}

/** What the repairs change besides what they are for, in words; null if nothing. */
function whatElse(before: Flow, after: Flow, repairs: readonly Candidate[]): string | null {
  const wrong = difference(before, after, {
    mayChange: step => isMeant(before, step, repairs),
    regrouped: relinked(before, repairs),
  })
  if (wrong !== null) return wrong
  const known = problemsOf(before)
  const now = problemsOf(after)
  for (const [name, number] of now) {
    if (number > (known.get(name) ?? 0)) return `something else is wrong: ${name.split('\n').at(-1)}`
  }
  const stays = repairs.find(({ finding }) => {
    const name = `${finding.path}\n${finding.message}`
    return known.has(name) && now.get(name) === known.get(name)
  })
  return stays ? 'it would still be found' : null
}

/**
 * The pages in which a link or the head is repaired: sections that lead to each other are one playbook, others are
 * several, and the head may say that all of them are one.
 */
function relinked({ documents, steps, playbooks }: Flow, repairs: readonly Candidate[]): Set<string> {
  const pages = new Set(documents.filter(({ format }) => format === 'markdown').map(({ path }) => path))
  const isHead = ({ path, line }: RepairedPlace) =>
    steps.every(({ step, playbook }) => playbooks[playbook]!.path !== path || step.range.start.line > line)
  const changed = repairs.filter(
    ({ place }) => pages.has(place.path) && (place.rule === 'links-resolve' || isHead(place)),
  )
  return new Set(changed.map(({ place }) => place.path))
}

/** Whether a repair is for this step: it stands there, or in what belongs to it. */
function isMeant({ steps, playbooks }: Flow, step: number, repairs: readonly Candidate[]): boolean {
  const { step: own, playbook } = steps[step]!
  const { path } = playbooks[playbook]!
  return repairs.some(({ finding, repair }) => {
    if (finding.path !== path) return false
    if (finding.step !== null) return finding.step === own.id
    return repair.edits.some(
      ({ range }) => range.start.line >= own.range.start.line && range.end.line <= own.range.end.line,
    )
  })
}

/** How often each problem of the readers and the linker occurs. */
function problemsOf({ documents, problems }: Flow): Map<string, number> {
  const numbers = new Map<string, number>()
  const add = (path: string, message: string) => {
    const name = `${path}\n${message}`
    numbers.set(name, (numbers.get(name) ?? 0) + 1)
  }
  for (const { path, problems: own } of documents) for (const { message } of own) add(path, message)
  for (const { path, message } of problems) add(path, message)
  return numbers
}
