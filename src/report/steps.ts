// How wayout read the playbooks, for people: every step with its acts and ways on, then what was not understood.
import type { Act } from '../model/act.ts'
import type { Flow, FlowStep, FlowTransition } from '../model/flow.ts'
import type { Voice } from '../model/playbook.ts'
import type { Colour, ReportContext } from './context.ts'
import { actName, choiceName, shortly, targetName, titleOfStep, wayOn, wayRemarks } from './flow-words.ts'
import { type Gaps, gapsOf, stepsOf } from './gaps.ts'
import { INDENT, labelled, readable } from './label.ts'
import { hang, NO_BREAK, pad, type Span, wrap } from './layout.ts'
import { printed, safeText } from './safe.ts'
import { count, list, OUTCOME_TITLE, quoted } from './wording.ts'

export { stepsJson } from './steps-json.ts'

const MOST_NAMED = 12
/** Columns of the word that says what a line is: say, do, act. */
const KIND = 5

type Page = { colour: Colour; columns: number }

const VOICE: Readonly<Record<Voice, string>> = {
  say: 'say',
  do: 'do',
  hear: 'hear',
  trigger: 'when',
  any: 'text',
}

/** `wayout steps`. The number in front of a line is that of the line in the file. */
export function stepsText(flow: Flow, context: Pick<ReportContext, 'colour' | 'columns'>): string {
  const page = { colour: context.colour, columns: readable(context.columns) }
  const lines = flow.playbooks.flatMap((_, index) => [...bookLines(flow, index, page), ''])
  for (const { path, failure } of flow.documents) {
    if (failure)
      lines.push(
        ...labelled(
          'not read',
          [{ text: `${safeText(path)}: ${safeText(failure.message)}` }],
          page.columns,
          page.colour.red,
        ),
      )
  }
  return printed([...lines, ...totals(flow)])
}

function bookLines(flow: Flow, index: number, page: Page): string[] {
  const { colour, columns } = page
  const { playbook, path, language, languageFrom, linked } = flow.playbooks[index]!
  const ways = stepsOf(flow, index).reduce((sum, step) => sum + step.transitions.length, 0)
  const facts = [
    `language ${safeText(language)} (${languageFrom === 'default' ? 'by default' : languageFrom})`,
    playbook.channels.length === 0 ? 'no channel named' : list(playbook.channels),
    `${count(playbook.steps.length, 'step')}, ${count(ways, 'transition')}`,
    ...(linked ? ['read only because another playbook leads here'] : []),
  ]
  return [
    ...wrap(
      [
        { text: shortly(playbook.title), paint: colour.bold },
        { text: safeText(path), paint: colour.dim, apart: true },
      ],
      columns,
    ),
    ...wrap([{ text: facts.join('; ') }], columns),
    ...wrap([{ text: entriesText(flow, index) }], columns),
    ...stepsOf(flow, index).flatMap((step, offset) => [
      '',
      ...stepLines(flow, step, flow.playbooks[index]!.firstStep + offset, page),
    ]),
    '',
    ...gapLines(gapsOf(flow, index), playbook.steps.length, page),
  ]
}

function entriesText(flow: Flow, index: number): string {
  const entries = flow.entries.filter(({ playbook }) => playbook === index)
  if (entries.length === 0) return 'nobody comes in here directly'
  return `customers come in at ${list(entries.map(({ step, channel }) => `"${titleOfStep(flow, step)}"${channel === null ? '' : ` (${channel})`}`))}`
}

function stepLines(
  flow: Flow,
  { step, acts, transitions, call }: FlowStep,
  index: number,
  page: Page,
): string[] {
  const { colour, columns } = page
  const marks = [
    ...(flow.entries.some(entry => entry.step === index) ? ['customers come in here'] : []),
    ...(step.automated ? ['automated'] : []),
  ]
  const head: Span[] = [{ text: titleOfStep(flow, index), paint: colour.bold }]
  if (marks.length > 0) head.push({ text: marks.join(', '), paint: colour.dim, apart: true })
  const lines = hang(gutter(step.range.start.line, colour), wrap(head, columns - INDENT), ' '.repeat(INDENT))
  const row = (line: number | null, kind: string, spans: Span[]) =>
    lines.push(...rowLines(line, kind, spans, page))
  for (const { voice, text, marks: places, forbidden } of step.texts) {
    if (text.trim() !== '')
      row(places[0]?.line ?? null, forbidden ? 'not' : VOICE[voice], [{ text: shortly(text) }])
  }
  if (step.wordsElsewhere !== undefined)
    row(null, 'say', [
      { text: `the words of ${quoted(shortly(step.wordsElsewhere))}, which stand elsewhere` },
    ])
  for (const act of acts) row(act.range.start.line, 'act', [actSpan(act, colour)])
  if (step.declaredActs?.length === 0) row(null, 'act', [{ text: 'none, as declared', paint: colour.dim }])
  if (step.call)
    row(step.call.range.start.line, 'call', [{ text: callText(flow, step.call.text, call, index) }])
  for (const transition of transitions) lines.push(...wayLines(flow, flow.transitions[transition]!, page))
  for (const { text, range } of step.references ?? [])
    row(range.start.line, 'see', [{ text: shortly(text), paint: colour.dim }])
  if (step.outcome !== undefined)
    row(null, 'end', [
      {
        text: `${step.outcome}${OUTCOME_TITLE[step.outcome] === step.outcome ? '' : ` (${OUTCOME_TITLE[step.outcome]})`}`,
      },
    ])
  else if (step.impliedEnd)
    row(null, 'end', [{ text: 'the text stops here; nobody says how it ends', paint: colour.yellow }])
  return lines
}

function wayLines(flow: Flow, way: FlowTransition, page: Page): string[] {
  const { colour } = page
  const { line } = way.transition.when?.marks[0] ?? way.transition.range.start
  const who = choiceName(way)
  const broken = way.to === null && way.transition.outcome === undefined
  const remarks = wayRemarks(way)
  const spans: Span[] = [
    way.chooser === 'unknown' ? { text: who, paint: colour.yellow } : { text: who },
    { text: `→ ${wayOn(flow, way)}`, ...(broken && { paint: colour.red }) },
    ...(remarks.length > 0 ? [{ text: `(${remarks.join('; ')})`, paint: colour.yellow }] : []),
  ]
  return [
    ...rowLines(line, '→', spans, page),
    ...way.acts.flatMap(act => rowLines(null, '', [actSpan(act, colour)], page)),
  ]
}

function callText(flow: Flow, text: string, call: number | null, from: number): string {
  return call === null
    ? `${quoted(shortly(text))}, which wayout did not find`
    : `${targetName(flow, call, from)}, then back`
}

function actSpan(act: Act, colour: Colour): Span {
  const paint =
    act.evidence === 'hint' ? colour.dim : act.evidence === 'suspected' ? colour.yellow : colour.cyan
  return { text: actName(act), paint }
}

function rowLines(line: number | null, kind: string, spans: Span[], { colour, columns }: Page): string[] {
  const lines = wrap(spans, columns - INDENT - KIND)
  return hang(gutter(line, colour) + colour.dim(pad(kind, KIND)), lines, ' '.repeat(INDENT + KIND))
}

function gutter(line: number | null, colour: Colour): string {
  return line === null ? ' '.repeat(INDENT) : `${colour.dim(String(line).padStart(INDENT - 3))}   `
}

function gapLines(
  { silent, undecided, unended, unread, problems }: Gaps,
  steps: number,
  page: Page,
): string[] {
  const { colour, columns } = page
  const lines: string[] = []
  const say = (label: string, text: string) =>
    lines.push(...labelled(label, [{ text }], columns, colour.yellow))
  if (silent.length > 0) {
    const named = silent.map(
      ({ step }) => `"${shortly(step.title, 60)}" (line${NO_BREAK}${step.range.start.line})`,
    )
    say(
      'no act',
      `in ${silent.length} of ${count(steps, 'step')} no act was recognised: ${list(named, MOST_NAMED)}`,
    )
  }
  if (undecided.length > 0) {
    const named = undecided.map(
      way => `${choiceName(way)} (line${NO_BREAK}${way.transition.range.start.line})`,
    )
    say('who?', `who decides is not clear: ${list(named, MOST_NAMED)}`)
  }
  if (unended.length > 0) {
    say(
      'end?',
      `how it ends is not said: ${list(
        unended.map(({ step }) => `"${shortly(step.title, 60)}" (line${NO_BREAK}${step.range.start.line})`),
        MOST_NAMED,
      )}`,
    )
  }
  for (const { range, reason, text } of unread)
    say('unread', `line ${range.start.line}, ${safeText(reason)}: ${quoted(shortly(text))}`)
  for (const { range, message, rule } of problems)
    say('problem', `line ${range.start.line}, ${safeText(message)} (${safeText(rule)})`)
  if (lines.length > 0) return [colour.bold('not understood'), ...lines]
  const all = 'everything was understood: every step has an act, every choice somebody who makes it'
  return wrap([{ text: all, paint: colour.green }], columns)
}

function totals(flow: Flow): string[] {
  const { playbooks, steps, transitions } = flow
  return [
    `${count(playbooks.length, 'playbook')}, ${count(steps.length, 'step')}, ${count(transitions.length, 'transition')}`,
  ]
}
