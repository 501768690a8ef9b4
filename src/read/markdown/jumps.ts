// Sentences that send the reader elsewhere: "go to step 4", "proceed to **Verify**", "→ Offer 2", "follow the X process".

import { normal, nounOf, numberAt } from './labels.ts'
import { has, type Line, lowOf, memoOf } from './line.ts'
import type { Section } from './outline.ts'
import type { Places, Reference } from './places.ts'
import { find, GO, leads, type Vocabulary } from './words.ts'

/** The words of the jump, from the verb to the end of its target, as indices into the line. `target` is the target alone. */
export type Jump = {
  from: number
  to: number
  target: { from: number; to: number }
  reference: Reference
  /** "Follow Path 1": a jump only if nothing comes after it. */
  follow?: boolean
}

export type Context = { words: Vocabulary; places: Places; section: Section }

const ARROW = /(?:→|⇒|➡️?|➔|->|=>|-->|👉)\s*/g
/** Before a jump these mean that it is not made here. */
const NOT_NOW =
  /(?:\b(?:before|until|without|instead of|rather than|unable to|not|n't|never|than|after|when|once|if) (?:you |we |they |to )?(?:can )?|'t )$/

/** "continue", "go on with the next step": what follows is what comes next anyway. */
export function goesOn(line: Line, words: Vocabulary): boolean {
  const low = lowOf(line)
  if (low.length > 60) return false
  const start = /^\W*(?:(?:then|please|just|simply|you can|you may) )*/.exec(low)![0].length
  const length = leads(words.goOn, low, start)
  return length > 0 && /^[\s.!)*_]*$/.test(low.slice(start + length))
}

const FOLLOW =
  /\b(?:follow|use)(?: the (?:steps|instructions) (?:in|from|of|under))? (?=(?:the )?(?:path|step|stage|phase) \d)/
const AGAIN =
  /\b(?:start over|start again|begin again|start from (?:the )?(?:beginning|scratch|top|start))\b(?! (?:at|from|with) )/

/** The first jump of a line that leads to a place there is, or that names a numbered step; null if there is none. */
export function jumpIn(line: Line, context: Context): Jump | null {
  const memo = memoOf(line)
  if (memo.jump === undefined) memo.jump = findJump(line, context)
  return memo.jump as Jump | null
}

function findJump(line: Line, context: Context): Jump | null {
  const low = lowOf(line)
  for (let at = has(line, GO, context.words) ? 0 : low.length; at < low.length; ) {
    const verb = find(context.words.go, low, at)
    if (verb.at < 0) break
    const after = verb.at + verb.length
    if (!NOT_NOW.test(low.slice(Math.max(0, verb.at - 30), verb.at))) {
      const target = targetAt(line, low, after, context)
      if (target) return { from: verb.at, to: target.to, target, reference: target.reference }
    }
    at = verb.at + 1
  }
  // "Follow Path 1": a numbered part of this very page is gone to; a process of its own is called.
  const follow = FOLLOW.exec(low)
  if (follow && !NOT_NOW.test(low.slice(Math.max(0, follow.index - 30), follow.index))) {
    const target = targetAt(line, low, follow.index + follow[0].length, context)
    if (target && target.reference.kind !== 'title')
      return { from: follow.index, to: target.to, target, reference: target.reference, follow: true }
  }
  const again = AGAIN.exec(low)
  if (again && !NOT_NOW.test(low.slice(0, again.index))) {
    const target = { from: again.index, to: again.index + again[0].length }
    return { ...target, target, reference: { kind: 'start' } }
  }
  if (!/[→⇒➡➔👉]|[-=]>/u.test(low)) return null
  for (const arrow of low.matchAll(ARROW)) {
    const after = arrow.index + arrow[0].length
    const verb = leads(context.words.go, low, after)
    const target = targetAt(line, low, after + verb, context)
    if (target) return { from: arrow.index, to: target.to, target, reference: target.reference }
  }
  return null
}

type Found = { from: number; to: number; reference: Reference }

/** What stands at `at`: a link, a numbered step, a quoted or bold title, or a title of the page. */
export function targetAt(line: Line, low: string, at: number, context: Context): Found | null {
  const { places, words, section } = context
  const lead =
    /^[\s:]*(?:(?:to|the|at|with|from|directly|straight|back|our|your|this|of|den|die|das|zum|zur|la|le|el|phần|mục) )*/.exec(
      low.slice(at, at + 60),
    )![0].length
  let from = at + lead
  // "**The lead calls back**": the article belongs to the title.
  const strong = line.spans.find(span => span.kind === 'strong' && span.from >= at && span.from < from)
  if (strong) from = strong.from
  const link = line.spans.find(span => span.kind === 'link' && span.from >= at && span.from <= from + 2)
  if (link) {
    const reference = places.linked(link.url ?? '')
    if (reference) return { from: link.from, to: link.to, reference }
    if (/^(?:https?:|mailto:|tel:|\/\/)/i.test(link.url ?? '')) return null
  }
  if (/^(?:beginning|start|top|first step)\b/.test(low.slice(from, from + 12))) {
    return {
      from,
      to: from + /^\w+(?: step)?/.exec(low.slice(from))![0].length,
      reference: { kind: 'start' },
    }
  }
  const noun = leads(words.step, low, from)
  if (noun > 0) {
    const number = numberAt(low.slice(from + noun, from + noun + 30))
    if (number) {
      const name = nounOf(low.slice(from, from + noun), words)
      const after = from + noun + number.length
      const to = after + (/^\s*\([^()]{0,60}\)/.exec(low.slice(after, after + 64))?.[0].length ?? 0)
      const known = places.labelled(name, number.value, section)
      if (known) return { from, to, reference: { kind: 'section', section: known } }
      const firm = !/^(?:option|point|item|part|question|#|no\.|phase|path)$/.test(name)
      if (firm) return { from, to, reference: { kind: 'label', noun: name, number: number.value } }
      return null
    }
    // "section **Verify**", "step "Offer 2""
    const title = places.titleAt(line.text.slice(from, from + 160), section)
    if (title) return { from, to: from + title.length, reference: title.reference }
    from += noun + /^[\s:]*/.exec(low.slice(from + noun))![0].length
  }
  // "continue with 4": a number and nothing after it that it could be the number of.
  const bare = /^\d{1,3}(?:\.\d{1,2})?(?=[.,;)!]?(?:\s*$|[,;]\s))/.exec(low.slice(from, from + 12))?.[0]
  if (bare) {
    const known = places.labelled('step', bare, section)
    const reference: Reference = known
      ? { kind: 'section', section: known }
      : { kind: 'label', noun: 'step', number: bare }
    return { from, to: from + bare.length, reference }
  }
  const marked = line.spans.find(
    span =>
      (span.kind === 'strong' || span.kind === 'code') && span.from >= from - 1 && span.from <= from + 1,
  )
  if (marked) {
    const reference = places.titled(line.text.slice(marked.from, marked.to).replace(/^\[|\]$/g, ''), section)
    if (reference) return { from: marked.from, to: marked.to, reference }
  }
  const quoted = /^["“'‘«[*]([^"”'’»\]*\n]{1,80})["”'’»\]*]/.exec(line.text.slice(from, from + 90))
  if (quoted) {
    const reference = places.titled(quoted[1]!, section)
    if (reference) return { from, to: from + quoted[0].length, reference }
    return null
  }
  const title = places.titleAt(line.text.slice(from, from + 160), section)
  if (title) return { from, to: from + title.length, reference: title.reference }
  return null
}

const PROCEDURE =
  /\b(?:workflow|process|procedure|steps|instructions|runbook|playbook|checklist|flow|protocol|routine|survey|script)s?\b/
const CALL_VERB =
  /\b(?:follow|follows|following|use|using|run|complete|perform|execute|initiate|apply|start|trigger|invoke|go through|work through|walk through|employ|consult and follow|carry out|conduct)\b[^.;]{0,60}$/
const ONLY_LOOK =
  /\b(?:see|refer to|read|check|review|find|described in|documented|outlined|listed|more (?:information|details|on)|as per|learn|available|per)\b[^.;]{0,40}$/

/** "Follow/use the [X] workflow": a procedure elsewhere that comes back. */
export function callIn(line: Line, context: Context): Found | null {
  const low = lowOf(line)
  if (
    !/follow|us(?:e|ing)\b|run\b|complete|perform|execute|initiate|apply|start|trigger|invoke|through|employ|consult|carry|conduct/.test(
      low,
    )
  )
    return null
  for (const span of line.spans) {
    if (span.kind !== 'link') continue
    const reference = context.places.linked(span.url ?? '')
    if (!reference) continue
    const before = low.slice(Math.max(0, span.from - 70), span.from)
    const verb = CALL_VERB.exec(before)
    if (!verb || ONLY_LOOK.test(before.slice(verb.index + 4))) continue
    const named =
      PROCEDURE.test(low.slice(span.from, span.to)) ||
      PROCEDURE.test(low.slice(span.to, span.to + 25)) ||
      PROCEDURE.test(before.slice(verb.index))
    if (
      named ||
      /^(?:follow|complete|run|execute|perform|initiate|carry out)(?: (?:the|our|this|these|your|all|any|every|relevant|correct|appropriate|standard|usual))*\s*\W?$/.test(
        verb[0],
      )
    )
      return { from: span.from, to: span.to, reference }
  }
  const follow = /\b(?:follow|use|run|complete|perform)(?: the)? ["“*]?/.exec(low)
  if (follow) {
    const target = targetAt(
      line,
      low,
      follow.index + follow[0].length - (/["“*]$/.test(follow[0]) ? 1 : 0),
      context,
    )
    if (
      target &&
      target.reference.kind === 'section' &&
      PROCEDURE.test(low.slice(target.from, target.to + 20))
    )
      return target
  }
  return null
}

/** All places of the project that a line links to. */
export function linksIn(line: Line, places: Places): Found[] {
  const found: Found[] = []
  for (const span of line.spans) {
    if (span.kind !== 'link') continue
    const reference = places.linked(span.url ?? '')
    if (reference) found.push({ from: span.from, to: span.to, reference })
  }
  return found
}

export function sameTitle(a: string, b: string): boolean {
  return normal(a) === normal(b)
}
