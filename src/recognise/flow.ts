// Fills a flow with acts, choosers and languages, playbook by playbook, each with the lexicon of its language.
import { ACTS, type Act } from '../model/act.ts'
import type { Flow, FlowPlaybook, FlowStep, FlowTransition } from '../model/flow.ts'
import type { DeclaredAct, Playbook } from '../model/playbook.ts'
import { actsIn } from './acts.ts'
import { conditionOf } from './conditions.ts'
import { detectLanguage } from './language.ts'
import type { Lexicon } from './lexicon.ts'
import { withProbableStaying } from './staying.ts'
import { type Candidate, stronger } from './weigh.ts'

/** Enough to tell a language by; more would only cost time. */
const SAMPLE = 20_000

/** What is recognised in one playbook, step by step; it depends on nothing but the playbook and its lexicon. */
export type Recognised = Language & { steps: readonly { acts: Act[]; choices: readonly Decided[] }[] }
type Language = Pick<FlowPlaybook, 'language' | 'languageFrom'>

/**
 * Returns a new flow with every step's acts, every transition's chooser, acts, `told` and topics, and every
 * playbook's language filled in. What the author declared replaces recognition for that step or choice. `lexicons`
 * by language code; a playbook without one keeps what is declared. `known`: what was recognised before. Linear in the
 * size of the texts.
 */
export function recognise(
  flow: Flow,
  lexicons: ReadonlyMap<string, Lexicon>,
  known: ReadonlyMap<Playbook, Recognised> = new Map(),
): Flow {
  const steps: FlowStep[] = []
  const transitions: FlowTransition[] = [...flow.transitions]
  const playbooks = flow.playbooks.map((playbook): FlowPlaybook => {
    const { steps: recognised, ...language } =
      known.get(playbook.playbook) ?? inPlaybook(flow, playbook, lexicons)
    for (const [i, { acts, choices }] of recognised.entries()) {
      const step = flow.steps[playbook.firstStep + i]!
      steps.push({ ...step, acts })
      for (const [t, index] of step.transitions.entries())
        transitions[index] = { ...flow.transitions[index]!, ...choices[t]! }
    }
    return { ...playbook, ...language }
  })
  return withProbableStaying({ ...flow, playbooks, steps, transitions })
}

/** What `recognise` would take as known, for each playbook of a flow. */
export function recognisedIn(flow: Flow, lexicons: ReadonlyMap<string, Lexicon>): Recognised[] {
  return flow.playbooks.map(playbook => inPlaybook(flow, playbook, lexicons))
}

function inPlaybook(flow: Flow, playbook: FlowPlaybook, lexicons: ReadonlyMap<string, Lexicon>): Recognised {
  const language = languageOf(playbook)
  const lexicon = lexicons.get(baseLanguage(language.language))
  const { firstStep } = playbook
  const steps = flow.steps.slice(firstStep, firstStep + playbook.playbook.steps.length).map(step => {
    const acts = actsOfStep(step, lexicon)
    const choices: Decided[] = []
    for (const index of step.transitions) {
      const { transition } = flow.transitions[index]!
      choices.push(decided({ transition }, { ...step, acts }, choices[choices.length - 1], lexicon))
    }
    return { acts, choices }
  })
  return { ...language, steps }
}

/** The languages whose lexicons `recognise` will ask for. */
export function languagesOf(flow: Flow): string[] {
  return [...new Set(flow.playbooks.map(playbook => baseLanguage(languageOf(playbook).language)))].sort()
}

/** `en` of `en-GB`. */
export function baseLanguage(language: string): string {
  return language.split(/[-_]/)[0]!.toLowerCase()
}

function languageOf({ playbook }: FlowPlaybook): Language {
  if (playbook.language !== undefined) return { language: playbook.language, languageFrom: 'declared' }
  let sample = ''
  const add = (text: string): void => {
    if (sample.length < SAMPLE) sample += `${text.slice(0, SAMPLE)}\n`
  }
  for (const { title, texts, transitions } of playbook.steps) {
    for (const { text } of texts) add(text)
    for (const { when } of transitions) if (when) add(when.text)
    add(title)
    if (sample.length >= SAMPLE) break
  }
  add(playbook.title)
  const detected = detectLanguage(sample)
  return detected === null
    ? { language: 'en', languageFrom: 'default' }
    : { language: detected.language, languageFrom: 'detected' }
}

function actsOfStep({ step }: FlowStep, lexicon: Lexicon | undefined): Act[] {
  if (step.declaredActs) return step.declaredActs.map(act => declared(act))
  if (!lexicon) return withKnown([], step.knownActs ?? [])
  const found = step.texts.flatMap(text => actsIn(text, text.voice, lexicon))
  return withKnown(joined(found, new Set()), step.knownActs ?? [])
}

/** What the kind of a step makes certain (a transfer block transfers) stands beside what its words say. */
function withKnown(found: Act[], known: readonly DeclaredAct[]): Act[] {
  const names = new Set(known.map(({ act }) => act))
  return [...known.map(act => declared(act)), ...found.filter(({ act }) => !names.has(act))]
}

function declared({ act, attributes, range }: DeclaredAct, by?: 'customer'): Act {
  return { act, evidence: 'declared', by: ACTS[act]?.by ?? by ?? 'company', attributes, range }
}

/** One act of a name: the best evidence, the attributes of all; those that need another act only beside it. */
function joined(found: readonly Candidate[], context: ReadonlySet<string>): Act[] {
  const names = new Set([
    ...context,
    ...found.filter(({ given }) => given.length === 0).map(({ act }) => act),
  ])
  const acts = new Map<string, Act>()
  for (const { given, at, ...act } of found) {
    if (given.length > 0 && !given.some(name => names.has(name))) continue
    const known = acts.get(act.act)
    if (!known) {
      acts.set(act.act, act)
      continue
    }
    const attributes = merged(known.attributes, act.attributes)
    acts.set(act.act, { ...(stronger(act.evidence, known.evidence) ? act : known), attributes })
  }
  return [...acts.values()]
}

/** The first value of each attribute; lists are joined. */
function merged(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  const result = { ...b, ...a }
  for (const [key, value] of Object.entries(a)) {
    const other = b[key]
    if (Array.isArray(value) && Array.isArray(other)) result[key] = [...new Set([...value, ...other])]
  }
  return result
}

type Decided = Pick<
  FlowTransition,
  'chooser' | 'chooserEvidence' | 'chooserPhrase' | 'named' | 'told' | 'acts' | 'topics'
>

function decided(
  { transition }: Given,
  step: FlowStep,
  before: Decided | undefined,
  lexicon: Lexicon | undefined,
): Decided {
  const { when } = transition
  const condition = when && lexicon ? conditionOf(when.text, lexicon) : undefined
  const chosen = chooserOf({ transition }, step, before, condition)
  const topics = [
    ...new Set([...(condition?.topics ?? []), ...topicsOfFact(transition.fact, lexicon)]),
  ].sort()
  const told = transition.told ?? condition?.told ?? 'offered'
  return { ...chosen, told, topics, acts: actsOfChoice({ transition }, step, chosen.chooser, lexicon) }
}

type Given = Pick<FlowTransition, 'transition'>

/** After these a condition without a subject ("price", "moving") is most likely what the customer answers. */
const ASKS_CUSTOMER = new Set([
  'ask-reason',
  'ask-preferred-solution',
  'offer-permission',
  'feedback-request',
])

function chooserOf(
  { transition }: Given,
  step: FlowStep,
  before: Decided | undefined,
  condition: ReturnType<typeof conditionOf> | undefined,
): Pick<FlowTransition, 'chooser' | 'chooserEvidence' | 'chooserPhrase' | 'named'> {
  if (transition.chooser) {
    const isOpen = transition.chooser === 'unknown' && condition?.evidence === 'recognised'
    return {
      chooser: transition.chooser,
      chooserEvidence: 'declared',
      ...(isOpen && { named: nameOf(condition) }),
    }
  }
  if (transition.fact) return { chooser: 'fact', chooserEvidence: 'declared' }
  if (condition && !transition.otherwise) {
    const { chooser, evidence, phrase } = condition
    if (chooser === 'unknown' && step.acts.some(({ act }) => ASKS_CUSTOMER.has(act)))
      return { chooser: 'customer', chooserEvidence: 'suspected' }
    return { chooser, chooserEvidence: evidence, ...(phrase === undefined ? {} : { chooserPhrase: phrase }) }
  }
  if (!transition.when && !transition.otherwise && step.transitions.length === 1) {
    return { chooser: null, chooserEvidence: 'recognised' }
  }
  if (before?.chooser && (transition.otherwise || !transition.when))
    return { chooser: before.chooser, chooserEvidence: before.chooserEvidence }
  return { chooser: 'unknown', chooserEvidence: 'suspected' }
}

function nameOf({ chooser, phrase }: ReturnType<typeof conditionOf>): NonNullable<FlowTransition['named']> {
  return { chooser, ...(phrase === undefined ? {} : { phrase }) }
}

function topicsOfFact(fact: Map<string, string> | undefined, lexicon: Lexicon | undefined): string[] {
  if (!fact || !lexicon) return []
  return [...fact].flatMap(
    ([name, value]) => conditionOf(`${name.replaceAll('_', ' ')} ${value}`, lexicon).topics,
  )
}

function actsOfChoice(
  { transition }: Given,
  step: FlowStep,
  chooser: FlowTransition['chooser'],
  lexicon: Lexicon | undefined,
): Act[] {
  const customer = chooser === 'customer'
  if (transition.declaredActs)
    return transition.declaredActs.map(act => declared(act, customer ? 'customer' : undefined))
  if (!transition.when || !lexicon) return []
  const found = actsIn(transition.when, customer ? 'when' : 'case', lexicon)
  return joined(found, new Set(step.acts.map(({ act }) => act)))
}
