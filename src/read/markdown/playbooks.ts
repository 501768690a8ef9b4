// Which sections make a playbook: a page may be one call script, one numbered procedure, or many procedures side by side.

import { isForbidden } from './forbids.ts'
import type { Head } from './head.ts'
import { labelOfLine, normal } from './labels.ts'
import { flat, lowOf } from './line.ts'
import type { Outline, Section } from './outline.ts'
import type { Places } from './places.ts'
import { apartOf, type Traits, traitsOf } from './traits.ts'
import { FOLLOW, isTrigger } from './triggers.ts'
import { plain, type Vocabulary } from './words.ts'

/**
 * `script`: sections are steps of one conversation. `numbered`: headings carry step numbers. `procedure`: the steps are
 * the items and sentences of the section. `sections` are read in order; `steps` are those that are a step themselves.
 */
export type Plan = {
  kind: 'script' | 'numbered' | 'procedure'
  top: Section
  sections: Section[]
  steps: ReadonlySet<Section>
  /** Sections some other section sends to. */
  targets: ReadonlySet<Section>
  /** Those of them that no section before them leads on to by itself. */
  apart: ReadonlySet<Section>
  /** Sections about the page: what they say holds for the whole, they are no part of the way. */
  about: ReadonlySet<Section>
  /** Those of them that tell the agent what to do at any time: "Not sure? Ask in the help channel." */
  asides: ReadonlySet<Section>
}

/** Collections of independent pieces: numbered headings there are no steps. */
const LIBRARY =
  /\b(?:macros?|templates?|library|canned|snippets|collection|faqs?|frequently asked|responses|replies|examples|policy|policies|glossary|handbook)\b/
const SCRIPT =
  /\b(?:scripts?|call flow|call guide|dialogue|dialog|talk track|skript|skripti?|kịch bản|сценарий|скрипт|guion|manus)\b/
/** Sections about the page, not of the flow. */
const ABOUT =
  /^(?:purpose|overview|introduction|intro|background|scope|goals?|objectives?|about(?: this.*)?|related.*|references?|resources|glossary|definitions?|changelog|change log|revision history|history|contents|table of contents|toc|see also|further reading|examples?.*|.*tips(?: .*)?|.*best practices.*|why .*|what (?:is|are) .*|links|quick links|faqs?|owner|ownership|metadata|summary|version history|.* reference|zweck|überblick|formål|eesmärk|цель|mục đích|objectif|objetivo)$/

/** Headings that name a part of one procedure rather than a topic of their own. */
const PART =
  /^(?:(?:before|during|after) (?:you|the|we|they|each|every|a|an)\b.*|(?:the |your )?(?:opening|open|intro|introduction|greeting|welcome|talk|call|chat|conversation|steps?|main steps|procedure|process|workflow|instructions|closing|close|goodbye|wrap[- ]?up|follow[- ]?up|offers?|preparation|prerequisites|pre-?call checks?|checklist|afterwards|aftercare|after-?call work|next steps|escalations?|exceptions?|notes?)|what to (?:do|say)(?: (?:first|next|then))?|(?:end|start|beginning) of (?:the )?(?:call|chat|conversation)|vorbereitung|ablauf|abschluss|forberedelse|samtalen|afslutning|ettevalmistus|vestlus|lõpetamine|подготовка|разговор|завершение|chuẩn bị|trao đổi|kết thúc)$/
/** What such a part says holds for the whole. */
const UNSURE =
  /^(?:(?:still )?(?:not sure|unsure)|(?:if|when)(?: you are| you're)? (?:in doubt|not sure|unsure))\b/

/** What the decision rests on. `filled` are the sections with text below the title of the page. */
type Survey = {
  root: Section
  all: Section[]
  top: Section
  inner: Section[]
  filled: Section[]
  traits: Map<Section, Traits>
  /** Sections some other section sends to. */
  targets: Set<Section>
  words: Vocabulary
}

export function planOf(outline: Outline, head: Head | null, words: Vocabulary, places: Places): Plan[] {
  const survey = surveyOf(outline, words, places)
  const kind = oneKind(survey, head)
  return kind ? [wholePage(survey, kind)] : sideBySide(survey)
}

function surveyOf({ root, sections }: Outline, words: Vocabulary, places: Places): Survey {
  const all = [root, ...sections]
  const traits = new Map(all.map(section => [section, traitsOf(section, words, places)]))
  const first = root.children.length === 1 ? root.children[0]! : null
  const top = first && first.level === 1 ? first : root
  const inner = sections.filter(section => section !== top)
  const targets = new Set<Section>()
  for (const [section, { jumps }] of traits)
    for (const target of jumps) if (target !== section && target !== top) targets.add(target)
  return {
    root,
    all,
    top,
    inner,
    filled: inner.filter(
      section => section.blocks.length > 0 && !isAbout(section) && !isForbidden(section, words),
    ),
    traits,
    targets,
    words,
  }
}

/** The kind of a page that is one playbook as a whole; null for a page of many. */
function oneKind(
  { root, top, inner, filled, traits, targets, words }: Survey,
  head: Head | null,
): 'script' | 'numbered' | null {
  if (filled.length === 0) return null
  const title = plain(top === root ? '' : flat(top.title))
  const library =
    LIBRARY.test(title) || traits.get(top)!.library || filled.some(section => traits.get(section)!.library)
  const jumping = filled.filter(section =>
    [...traits.get(section)!.jumps].some(target => target !== section && targets.has(target)),
  ).length
  const spoken = filled.filter(section => traits.get(section)!.quotes > 0).length
  const labels = inner.map(section => labelOfLine(section.title, words)).filter(label => label !== null)
  const counted = labels.filter(label => label.noun === 'number').length
  const stepped = labels.length - counted
  const half = filled.length * 0.5
  const numbered =
    (stepped >= 2 && stepped >= half) ||
    (!library &&
      counted >= 2 &&
      counted >= filled.length * 0.6 &&
      isCounted(labels.map(label => label.number)))
  const jumps =
    (jumping >= 2 && jumping >= filled.length * 0.3) ||
    (jumping >= 1 && filled.length > 1 && filled.length <= 4)
  const speaks = !library && spoken >= 2 && spoken >= half
  const named = !library && filled.length >= 2 && SCRIPT.test(title)
  if (head?.ours || named || (speaks && (jumping > 0 || counted < half)) || (jumps && stepped === 0))
    return 'script'
  return numbered || jumps ? 'numbered' : null
}

function wholePage(
  { root, top, all, inner, targets, traits, words }: Survey,
  kind: 'script' | 'numbered',
): Plan {
  const about = new Set(
    inner.filter(section => (isAbout(section) || isForbidden(section, words)) && !targets.has(section)),
  )
  const labelled = new Set<Section>()
  if (kind === 'numbered') {
    for (const section of inner)
      if (labelOfLine(section.title, words) || (section.parent && labelled.has(section.parent)))
        labelled.add(section)
  }
  const everything = kind === 'script' || labelled.size === 0
  const steps = inner.filter(
    section =>
      !about.has(section) && (everything || labelled.has(section) || targets.has(section)) && hasOwn(section),
  )
  return {
    kind,
    top,
    sections: top === root ? all : [root, top, ...inner],
    steps: new Set(steps),
    about,
    asides: new Set(),
    targets,
    apart: apartOf(traits, words),
  }
}

/** It has text, or nothing below that could have it. */
function hasOwn(section: Section): boolean {
  return section.blocks.length > 0 || section.children.length === 0
}

/** Every section is a playbook of its own, unless the ones below it are its numbered steps or its phases. */
function sideBySide({ all, words, targets }: Survey): Plan[] {
  const plans: Plan[] = []
  const repeated = repeatedTitles(all)
  for (let at = 0; at < all.length; ) {
    const section = all[at]!
    const { children } = section
    const labels = children.map(child => labelOfLine(child.title, words)).filter(label => label !== null)
    const several = section.level > 0 && children.length >= 2
    const grouped =
      several &&
      labels.length >= 2 &&
      labels.length >= children.length * 0.5 &&
      !LIBRARY.test(lowOf(section.title)) &&
      isCounted(labels.map(label => label.number))
    const phases =
      several &&
      children.filter(child => repeated.has(normal(flat(child.title)))).length >= children.length * 0.7
    const parts = several && isInParts(section, words)
    const sections = grouped || phases || parts ? below(section, all, at) : [section]
    const steps = grouped ? sections.filter(member => member !== section && hasOwn(member)) : []
    const asides = new Set(parts ? sections.filter(member => UNSURE.test(lowOf(member.title))) : [])
    plans.push({
      kind: grouped ? 'numbered' : 'procedure',
      top: section,
      sections,
      steps: new Set(steps),
      about: new Set(
        sections.filter(
          member =>
            asides.has(member) ||
            isForbidden(member, words) ||
            (isAbout(member) && !member.blocks.some(block => block.kind === 'list')),
        ),
      ),
      asides,
      targets,
      apart: new Set(),
    })
    at += sections.length
  }
  return plans
}

/** Is the text below one procedure: by its headings, or because the section above says so? */
function isInParts(section: Section, words: Vocabulary): boolean {
  const titles = section.children.map(child => normal(flat(child.title)))
  if (LIBRARY.test(lowOf(section.title))) return false
  const parts = titles.filter(title => PART.test(title) || UNSURE.test(title)).length
  if (parts >= titles.length * 0.7) return true
  const opening = section.blocks.find(block => block.kind === 'paragraph')
  if (opening?.kind !== 'paragraph' || !FOLLOW.test(lowOf(opening.line).slice(0, 400))) return false
  return isTrigger(lowOf(opening.line), words) && !section.children.some(child => hasTrigger(child, words))
}

function hasTrigger(section: Section, words: Vocabulary): boolean {
  const [first] = section.blocks
  return (
    isTrigger(lowOf(section.title), words) ||
    (first?.kind === 'paragraph' && isTrigger(lowOf(first.line), words))
  )
}

function below(section: Section, all: readonly Section[], at: number): Section[] {
  let end = at + 1
  while (end < all.length && all[end]!.level > section.level) end++
  return all.slice(at, end)
}

function isAbout(section: Section): boolean {
  return ABOUT.test(normal(flat(section.title)))
}

/** Numbers that go up from 0 or 1: a sequence, not years or versions. */
function isCounted(labels: readonly string[]): boolean {
  const numbers = labels.map(label => Number.parseInt(label, 10))
  return (numbers.includes(0) || numbers.includes(1)) && numbers.includes(2)
}

/** Titles that occur under several parents: "Initiate", "Assess" below each role. */
function repeatedTitles(sections: readonly Section[]): Set<string> {
  const parents = new Map<string, Set<Section | null>>()
  for (const section of sections) {
    const title = normal(flat(section.title))
    const known = parents.get(title) ?? new Set()
    known.add(section.parent)
    parents.set(title, known)
  }
  return new Set([...parents].filter(([, set]) => set.size > 1).map(([title]) => title))
}
