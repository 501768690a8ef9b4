// What a list is: steps in order, alternatives to choose from, or mere data (criteria, fields, examples).
import type { Block, Item } from './blocks.ts'
import { conditional } from './conditions.ts'
import { formOfLine, isImperative, isThirdPerson, skipMarks } from './instructions.ts'
import { cut, flat, type Line, lowOf } from './line.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { isQuoted } from './speech.ts'
import { AGENT_SUBJECT, CUSTOMER_SUBJECT } from './verbs.ts'
import { leads, plain, type Vocabulary } from './words.ts'

export type ListKind = 'steps' | 'data'

const DATA_INTRO =
  /\b(?:following (?:[\w-]+ ){0,2}?(?:information|details|criteria|criterion|requirements|conditions|fields?|data|attributes?|reasons|points|documents|examples|values|characteristics|categories|types|links|resources|people|channels|exceptions|parameters|properties|statuses|things to know|facts|list)|(?:one|any|all|each|both|either|none|some) of (?:the following|these|those|the below)(?: [\w-]+){0,3}? (?:is|are|apply|applies|holds?|met|true|occur|occurs|happen)|(?:has|have|contains?|consists? of|comprises?|such as|e\.g\.|for example|namely|like)[^.]{0,40}:?$|(?:can|may|will|is|are|be) (?:only )?(?:be )?[\w-]+ (?:if|when|where|unless|only if)(?: all| any| one| either| both)?(?: of)?(?: the following)?:?$|are (?:as follows|the following)|criteria|eligible|eligibility|\bthat:$|examples?(?: of| include)?:?$|(?:verify|check|confirm|ensure|make sure)(?: that)? (?:all|each|any) of the following(?: [\w-]+){0,3}:?$)/
const STEP_INTRO =
  /\b(?:following (?:[\w-]+ ){0,2}?(?:steps?|actions?|procedure|process|order|workflow|sequence|tasks?|checks)|these (?:[\w-]+ )?(?:steps?|actions?|tasks)|(?:do|take|perform|complete) the following|steps? (?:to|for|are|below|outlined)|to do (?:so|this|that)|do this|you (?:should|must|need to|will need to|can|may)(?: then| also)?:|follow|then:|proceed as follows|as follows:|the agent (?:should|must|will):|agents? (?:should|must):|please:|how to|checklist)\b/
/** What can be done at all, not what is to be done now. */
const CAN_HELP =
  /\b(?:you|we|agents?) (?:can|are able to|may) (?:help|do|handle|support|assist|offer)[^.]{0,40}:$|\bresponsib\w+\b[^.]{0,60}$/
/** Introduces what the customer is told or asked for: its conditions are theirs, not branches. */
export const TOLD =
  /\b(?:inform|tell|remind|explain|message|advise|note that|communicate|let (?:them|the \w+) know|following information)\b[^:]{0,60}:$/
/** Introduces fields, unless what follows is plainly to be done. */
const FIELDS =
  /\b(?:information|details|includes?|including|fields|data|(?:tool )?arguments|parameters|inputs)\b[^:]{0,60}:$/
const PROCEDURE = /\b(?:process|workflow|steps?|how to|procedure|instructions|checklist|guide|script)\b/
const DATA_TITLE =
  /\b(?:requirements?|criteria|eligibility|prerequisites?|reasons?|examples?|definitions?|glossary|types? of|statuses|resources|links|related|references?|faqs?|benefits|attributes|arguments|parameters|fields|available .{0,20}actions|tools?|contacts?|overview|purpose|scope|goals?|responsibilities|metrics|kpis?|signs of|common (?:issues|causes|problems)|causes|notes?|considerations|principles|values|terms|limitations|expectations|facts|schedule|hours|roles)\b/

export type Grammar = {
  count: number
  doing: number
  conditions: number
  questions: number
  sentences: number
  narrative: number
  definitions: number
  words: number
}

/** How the items of a list begin. At most the first 60 items are looked at. */
export function grammarOf(items: readonly Item[], words: Vocabulary): Grammar {
  const grammar: Grammar = {
    count: 0,
    doing: 0,
    conditions: 0,
    questions: 0,
    sentences: 0,
    narrative: 0,
    definitions: 0,
    words: 0,
  }
  for (const item of items.slice(0, 60)) {
    const first = item.blocks[0]
    if (first?.kind !== 'paragraph') {
      if (first) grammar.count++
      continue
    }
    grammar.count++
    const sentences = sentencesOf(first.line, words)
    const line = sentences[0]
    if (!line) continue
    const low = lowOf(line)
    grammar.words += low.split(' ').length
    if (/[.!]["”]?$/.test(low)) grammar.sentences++
    if (isDefinition(line)) {
      grammar.definitions++
      continue
    }
    const form = formOfLine(line, words)
    const found = conditional(line, words)
    if (found && (found.action !== undefined || found.open || item.blocks.length > 1)) grammar.conditions++
    else if (isTitle(line) && hasSteps(item, words)) grammar.conditions++
    else if (low.endsWith('?')) grammar.questions += item.blocks.length > 1 || sentences.length > 1 ? 1 : 0
    else if (isQuoted(line.text)) grammar.doing++
    else if (form === 'imperative' || form === 'duty' || form === 'forbidden') grammar.doing++
    else if (isArrow(low)) grammar.conditions++
    else if (isThirdPerson(low) || isNarrative(low)) grammar.narrative++
    else if (sentences.slice(1, 3).some(next => formOfLine(next, words) === 'imperative'))
      grammar.doing += 0.6
  }
  return grammar
}

/** "**Restart the box** - Turns it off and on again", …: what words mean, or what can be done at all. */
export function isGlossary(items: readonly Item[], words: Vocabulary): boolean {
  const { count, definitions } = grammarOf(items, words)
  return definitions * 2 > count
}

/** "Option 1: there is a ticket:", "**Reservation**" with instructions or cases in the list under it. */
function hasSteps(item: Item, words: Vocabulary): boolean {
  const second = item.blocks[1]
  if (second?.kind !== 'list') return false
  const inner = second.items.slice(0, 10)
  return inner.filter(one => isDone(one, words)).length * 2 >= inner.length
}

function isDone(item: Item, words: Vocabulary): boolean {
  const line = firstLine(item)
  if (!line) return false
  const form = formOfLine(line, words)
  return form === 'imperative' || form === 'duty' || conditional(line, words)?.action !== undefined
}

/** A name for what stands under it: short, and no sentence. */
function isTitle(line: Line): boolean {
  return line.text.length <= 60 && !/[.!?…]["”*_\s]*$/.test(line.text)
}

function isArrow(low: string): boolean {
  return /\s(?:→|⇒|->|=>)\s/.test(low)
}

/** "The support engineer builds context": somebody does something. */
function isNarrative(low: string): boolean {
  const subject = AGENT_SUBJECT.exec(low) ?? CUSTOMER_SUBJECT.exec(low)
  return (
    subject !== null &&
    /^\s+[a-z]{3,}s\s+\S/.test(low.slice(subject[0].length)) &&
    !/^\s+(?:is|was|has|does|needs|means)\b/.test(low.slice(subject[0].length))
  )
}

/** "**Check the bar** - Shows which …", "**Owner:** the team": a term and what it means. */
function isDefinition(line: Line): boolean {
  const bold = line.spans.find(span => span.kind === 'strong' && span.from === 0)
  if (!bold) return false
  const rest =
    /^\s*(?:[:–—-]\s+)(.+)/s.exec(line.text.slice(bold.to))?.[1] ??
    (/:\s*$/.test(line.text.slice(0, bold.to)) ? line.text.slice(bold.to) : '')
  return rest !== '' && isThirdPerson(plain(rest))
}

/**
 * Decides from the words before the list, the heading above it and the grammar of its items. `inSteps`: the list stands
 * in a section or item that is a step itself.
 */
export function kindOf(
  block: Block & { kind: 'list' },
  intro: string,
  title: string,
  words: Vocabulary,
  inSteps: boolean,
): ListKind {
  const grammar = grammarOf(block.items, words)
  const { count } = grammar
  if (count === 0) return 'data'
  const active = (grammar.doing + grammar.conditions + grammar.questions) / count
  if (words.language !== 'en') return foreignKind(block, grammar, intro, words, inSteps)
  if (CAN_HELP.test(intro)) return 'data'
  const stepIntro =
    STEP_INTRO.test(intro) ||
    (/^\W*(?:if|when|once|after|in case|otherwise)\b[^,]*:$/.test(intro) &&
      !/\bof (?:the following|these)\b|\b(?:if|when)(?: any| all)?\W*$/.test(intro))
  if (!stepIntro && (TOLD.test(intro) || (FIELDS.test(intro) && active < 0.6))) return 'data'
  const dataIntro = !stepIntro && DATA_INTRO.test(intro)
  if (dataIntro)
    return active >= (block.ordered ? 0.75 : 0.9) && !/\b(?:true|apply|applies|criteria|met)\b/.test(intro)
      ? 'steps'
      : 'data'
  if (!stepIntro && DATA_TITLE.test(title) && active < 0.7) return 'data'
  if (grammar.definitions * 2 > count && active < 0.3) return 'data'
  if (block.ordered) {
    if (active >= 0.3 || (active + grammar.narrative / count >= 0.3 && grammar.words / count >= 3))
      return 'steps'
    if (stepIntro) return 'steps'
    return !intro.endsWith(':') && !inSteps && grammar.words / count >= (PROCEDURE.test(title) ? 4 : 5)
      ? 'steps'
      : 'data'
  }
  if (active >= 0.5) return 'steps'
  if (stepIntro && active + grammar.narrative / count >= 0.3) return 'steps'
  if (inSteps && active >= 0.3) return 'steps'
  return grammar.narrative / count + active >= 0.6 && grammar.words / count >= 4 ? 'steps' : 'data'
}

/** Without verbs to go by: numbered lists are steps, and so are bullets of which some have a condition or a jump. */
function foreignKind(
  block: Block & { kind: 'list' },
  grammar: Grammar,
  intro: string,
  words: Vocabulary,
  inSteps: boolean,
): ListKind {
  if (block.ordered) return /:$/.test(intro) && grammar.words / grammar.count < 3 ? 'data' : 'steps'
  if (grammar.conditions + grammar.doing > 0) return 'steps'
  const cues = block.items.filter(item => {
    const first = item.blocks[0]
    if (first?.kind !== 'paragraph') return false
    const low = plain(first.line.text.slice(0, 200))
    const at = skipMarks(low, 0)
    return (
      leads(words.say, low, at) > 0 ||
      leads(words.yes, low, at) > 0 ||
      leads(words.no, low, at) > 0 ||
      leads(words.customer, low, at) > 0
    )
  })
  if (cues.length > 0) return 'steps'
  return inSteps && !/:$/.test(intro) && grammar.words / grammar.count >= 3 ? 'steps' : 'data'
}

export function firstLine(item: Item): Line | null {
  const first = item.blocks[0]
  return first?.kind === 'paragraph' ? first.line : null
}

export function introText(line: Line | null): string {
  return line
    ? flat(line)
        .toLowerCase()
        .trim()
        .replace(/[*_]+$/, '')
        .slice(-300)
    : ''
}

/** "Too many people? Let some go.": the question of a case with what to do in it; not one that is put to somebody. */
export function questionIn(line: Line, words: Vocabulary): Line | null {
  const low = lowOf(line)
  const question = /^[^?.!:"“]{3,80}\?(?=\s+\S)/.exec(low)
  if (!question || /^(?:wh\w+|how|can|could|would|will|may|do you|are you|have you|did you)\b/.test(low))
    return null
  if (/\b(?:you|your|i|we)\b/.test(question[0]) || /[?"”]\s*$/.test(low)) return null
  const rest = low.slice(question[0].length).trimStart()
  return isImperative(rest, words) ? cut(line, 0, question[0].length) : null
}

/** Numbered, and yet to choose from: every item is a condition, and the last one is for all others. */
export function areCases(items: readonly Item[], words: Vocabulary): boolean {
  const lines = items.map(item => firstLine(item))
  const last = lines.at(-1)
  if (items.length < 2 || !last || leads(words.otherwise, lowOf(last)) === 0) return false
  return lines.slice(0, -1).every(line => line && conditional(line, words)?.when)
}

/** The text above speaks of reasons or kinds, of which the labels of a list name each one. */
const SORTS =
  /\b(?:reasons?|depending|according to|based on|objections?|situations?|scenarios?|cases|types?|kinds?|why)\b/
const NO_CASE =
  /^\W*(?:note|notes|tip|important|example|e\.g|step \d+|todo|warning|ask|say|do|then|first|next|finally)\b/
/** Enough of a section to see what it asks. */
const PARAGRAPHS = 20

/**
 * "Price: offer a free month." below "Ask for the reason.": every label is a case, with what to do in it. `answered`:
 * the items beside it are answers, so that it is one of them.
 */
export function labelledCases(
  block: Block & { kind: 'list' },
  intro: Line | null,
  answered: boolean,
  { words, section }: Reading,
): Item[] {
  if (block.ordered) return []
  const cases = block.items.filter(item => isLabelledCase(item, words))
  const introduced = intro !== null && SORTS.test(lowOf(intro).slice(-400))
  if (answered || introduced || cases.length === 0) return cases
  const above = section.blocks.slice(0, PARAGRAPHS).map(one => (one.kind === 'paragraph' ? one.line : null))
  const sorted = [section.title, ...above].some(line => line && SORTS.test(lowOf(line).slice(0, 400)))
  return sorted && cases.length > 1 ? cases : []
}

function isLabelledCase(item: Item, words: Vocabulary): boolean {
  const line = firstLine(item)
  const label = line && /^[^:.?!"“→()_]{2,60}:\s+(?=\S)/.exec(line.text)
  if (!label || label[0].trim().split(/\s+/).length > 7 || NO_CASE.test(label[0].toLowerCase())) return false
  const rest = sentencesOf(cut(line, label[0].length), words)[0]
  return (
    rest !== undefined &&
    !isImperative(plain(label[0]), words) &&
    (formOfLine(rest, words) === 'imperative' || conditional(rest, words)?.action !== undefined)
  )
}
