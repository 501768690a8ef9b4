// Checks that a value is a rule: known keys of the right type, known acts, placeholders that will be filled, examples.
import { ACTS, CHOOSERS, OUTCOMES } from '../model/act.ts'
import { SEVERITIES } from '../model/finding.ts'
import { didYouMean } from '../model/nearest.ts'
import { CHANNELS } from '../model/playbook.ts'
import { type Check, PRIMITIVES, type Rule } from '../model/rule.ts'
import { contradictions } from './contradictions.ts'
import {
  APPLIES_KEYS,
  APPLIES_LISTS,
  BUILT_IN,
  COMMON,
  CONDITIONS,
  EXAMPLE_KEYS,
  type Kind,
  LAW_KEYS,
  LAW_STATUS,
  METRICS,
  OWN_PLACEHOLDERS,
  PARAMETERS,
  PLACEHOLDERS,
  SCOPE_KEYS,
} from './parameters.ts'

/**
 * Checks a rule as read from YAML. `where` names it in problems if it has no id. All problems are collected; with any,
 * there is no rule. `acts` are a team's own acts.
 */
export function validateRule(
  value: unknown,
  where: string,
  acts: Iterable<string> = [],
): { rule?: Rule; problems: string[] } {
  const problems: string[] = []
  if (!isMapping(value)) return { problems: [`${where}: a rule is a mapping with id, check and message`] }
  const name = typeof value.id === 'string' ? value.id : where
  const report = (message: string) => problems.push(`rule ${name}: ${message}`)
  const knownActs = new Set([...Object.keys(ACTS), ...acts])

  if (typeof value.id !== 'string' || !/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/.test(value.id))
    report('id must be words joined by "-", such as "hold-bounded"')
  const check = value.check
  if (typeof check !== 'string' || !(check in PARAMETERS)) {
    report(
      `check must be one of ${PRIMITIVES.join(', ')}${typeof check === 'string' ? didYouMean(check, PRIMITIVES) : ''}`,
    )
    return { problems }
  }
  const primitive = check as Check['check']
  for (const key of ['title', 'message', 'why', 'fix', 'story'] as const) {
    if (value[key] === undefined && (key === 'story' || key === 'why' || key === 'fix')) continue
    if (typeof value[key] !== 'string' || value[key] === '') report(`${key} must be a text`)
  }
  if (value.severity !== undefined && !SEVERITIES.includes(value.severity as never))
    report(`severity must be one of ${SEVERITIES.join(', ')}`)
  parameters(value, primitive)
  applies(value.applies)
  placeholders(String(value.message ?? ''), primitive)
  also(value.also)
  if (value.yields_to !== undefined && typeof value.yields_to !== 'string')
    report('yields_to must be the id of a rule')
  law(value.law)
  examples(value.examples)
  if (problems.length > 0) return { problems }
  return {
    problems,
    rule: {
      why: '',
      fix: '',
      story: '',
      severity: 'error',
      law: [],
      examples: { bad: [], good: [] },
      ...value,
    } as unknown as Rule,
  }

  function also(given: unknown): void {
    if (given === undefined) return
    if (!Array.isArray(given) || given.length === 0) report('also must be a list of further checks')
    else
      for (const part of given) {
        const further = isMapping(part) ? part.check : undefined
        if (!isMapping(part) || typeof further !== 'string' || !(further in PARAMETERS)) {
          report('also: each further check is a mapping with check and message')
          continue
        }
        for (const key of COMMON)
          if (key in part && key !== 'check' && key !== 'message')
            report(`also: "${key}" stands once, on the rule itself`)
        if (typeof part.message !== 'string' || part.message === '') report('also: message must be a text')
        parameters(part, further as Check['check'])
        placeholders(String(part.message ?? ''), further as Check['check'])
      }
  }

  function law(given: unknown): void {
    if (given === undefined) return
    if (!Array.isArray(given)) report('law must be a list')
    else
      for (const item of given) {
        mapping(item, 'law', LAW_KEYS, (text, key) => {
          if (typeof text !== 'string' || text === '') report(`${key} must be a text`)
          else if ((key === 'law.effective' || key === 'law.checked') && !/^\d{4}-\d{2}-\d{2}$/.test(text))
            report(`${key} must be a date such as 2025-07-01`)
          else if (key === 'law.url' && !text.startsWith('https://'))
            report('law.url must begin with https://')
        })
        if (!isMapping(item)) continue
        for (const key of ['ref', 'jurisdiction', 'status'])
          if (item[key] === undefined) report(`law needs "${key}"`)
        if (typeof item.status === 'string' && !LAW_STATUS.includes(item.status))
          report(`law.status must be one of ${LAW_STATUS.join(', ')}${didYouMean(item.status, LAW_STATUS)}`)
      }
  }

  function parameters(rule: Record<string, unknown>, of: Check['check']): void {
    const kinds = PARAMETERS[of]!
    const names = new Map(
      Object.entries(kinds).map(([key, kind]) => [key.replace('!', ''), { kind, needed: key.endsWith('!') }]),
    )
    for (const [key, { needed }] of names)
      if (needed && rule[key] === undefined) report(`check: ${of} needs "${key}"`)
    for (const contradiction of contradictions(rule)) report(contradiction)
    for (const [key, given] of Object.entries(rule)) {
      if (COMMON.includes(key)) continue
      const parameter = names.get(key)
      if (!parameter) report(`unknown key "${key}"${didYouMean(key, [...COMMON, ...names.keys()])}`)
      else parameterValue(key, given, parameter.kind)
    }
  }

  function parameterValue(key: string, given: unknown, kind: Kind): void {
    if (kind === 'condition') condition(given, key)
    else if (kind === 'conditions') {
      if (!Array.isArray(given) || given.length === 0) report(`${key} must be a list of conditions`)
      else for (const item of given) condition(item, key)
    } else if (kind === 'number') {
      if (typeof given !== 'number' || !Number.isInteger(given) || given < 0 || given > 50)
        report(`${key} must be a whole number from 0 to 50`)
    } else if (kind === 'boolean') {
      if (typeof given !== 'boolean') report(`${key} must be true or false`)
    } else if (kind === 'limits') {
      if (!isMapping(given)) report(`${key} must be a mapping from acts to whole numbers`)
      else
        for (const [act, limit] of Object.entries(given)) {
          if (act !== 'turns') condition(act, key)
          if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0 || limit > 50)
            report(`${key}.${act} must be a whole number from 0 to 50`)
        }
    } else if (kind === 'words') {
      if (![given].flat().every(word => typeof word === 'string' && word !== ''))
        report(`${key} must be words`)
    } else if (kind === 'metrics') {
      if (!Array.isArray(given) || given.length === 0)
        report(`${key} must be a list of ${METRICS.join(', ')}`)
      else
        for (const metric of given)
          if (!METRICS.includes(metric))
            report(`${key}: unknown metric "${metric}"${didYouMean(String(metric), METRICS)}`)
    } else if (kind === 'where') {
      if (!isMapping(given)) report(`${key} must be a mapping from attributes to what they must be`)
    } else if (kind === 'duration') {
      if (typeof given !== 'string' && typeof given !== 'number')
        report(`${key} must be a duration such as "5 min"`)
    } else if (kind === 'way') {
      mapping(given, key, ['from', 'to'], condition)
      for (const end of ['from', 'to'])
        if (isMapping(given) && given[end] === undefined) report(`${key} needs "${end}"`)
    } else if (kind === 'scope') scope(given)
    else if (kind === 'only_where') mapping(given, key, ['later', 'passed'], condition)
    else if (!kind.includes(given as string))
      report(
        `${key} must be one of ${kind.join(', ')}${typeof given === 'string' ? didYouMean(given, kind) : ''}`,
      )
  }

  function scope(given: unknown): void {
    mapping(given, 'scope', SCOPE_KEYS, (item, key) => {
      if (key !== 'scope.reopen') condition(item, key)
      else if (item !== 'first' && item !== 'each') report('scope.reopen must be first or each')
    })
  }

  function mapping(
    given: unknown,
    key: string,
    keys: string[],
    each: (item: unknown, key: string) => void,
  ): void {
    if (!isMapping(given)) {
      report(`${key} must be a mapping with ${keys.join(', ')}`)
      return
    }
    for (const [name, item] of Object.entries(given)) {
      if (keys.includes(name)) each(item, `${key}.${name}`)
      else report(`unknown key "${name}" in ${key}${didYouMean(name, keys)}`)
    }
  }

  function condition(given: unknown, at: string): void {
    if (typeof given === 'string') {
      if (given.startsWith('@') ? !BUILT_IN.includes(given) : !knownActs.has(given)) {
        report(
          `${at}: unknown ${given.startsWith('@') ? 'condition' : 'act'} "${given}"${didYouMean(given, [...knownActs, ...BUILT_IN])}`,
        )
      }
      return
    }
    if (!isMapping(given)) {
      report(`${at} must be an act, or a mapping with any, all, not, act, outcome, again or about`)
      return
    }
    const kinds = Object.keys(given).filter(key => key in CONDITIONS)
    const [kind] = kinds
    if (kinds.length !== 1) {
      report(`${at} must name one of ${Object.keys(CONDITIONS).join(', ')}`)
      return
    }
    if (kind === 'any' || kind === 'all') {
      if (!Array.isArray(given[kind]) || given[kind].length === 0)
        report(`${at}.${kind} must be a list of conditions`)
      else for (const item of given[kind]) condition(item, at)
    } else if (kind === 'not') condition(given.not, at)
    else if (kind === 'act' || kind === 'again') condition(String(given[kind]), at)
    else if (kind === 'outcome') {
      for (const o of [given.outcome].flat())
        if (!OUTCOMES.includes(o as never))
          report(`${at}: unknown outcome "${o}"${didYouMean(String(o), OUTCOMES)}`)
    } else if (typeof given.about !== 'string' || given.about === '')
      report(`${at}.about must be a word such as outage`)
    for (const key of Object.keys(given)) {
      const beside = CONDITIONS[kind!]!
      if (key !== kind && !beside.includes(key))
        report(`${at}: unknown key "${key}" beside "${kind}"${didYouMean(key, beside)}`)
    }
    if (given.where !== undefined && !isMapping(given.where))
      report(`${at}.where must be a mapping from attributes to what they must be`)
    if (given.exactly !== undefined && typeof given.exactly !== 'boolean')
      report(`${at}.exactly must be true or false`)
    if (given.by !== undefined)
      for (const by of [given.by].flat())
        if (!CHOOSERS.includes(by as never))
          report(`${at}: unknown chooser "${by}"${didYouMean(String(by), CHOOSERS)}`)
  }

  function applies(given: unknown): void {
    if (given === undefined) return
    mapping(given, 'applies', APPLIES_KEYS, (item, key) => {
      const what = key.slice('applies.'.length)
      if (!Array.isArray(item) || item.length === 0) report(`${key} must be a list of ${APPLIES_LISTS[what]}`)
      else if (what !== 'channels') {
        if (!item.every(one => typeof one === 'string' && one.trim() !== ''))
          report(`${key} must be a list of ${APPLIES_LISTS[what]}, as texts`)
      } else
        for (const channel of item)
          if (!CHANNELS.includes(channel as never))
            report(`applies: unknown channel "${channel}"${didYouMean(String(channel), CHANNELS)}`)
    })
  }

  function placeholders(message: string, of: Check['check']): void {
    const known = of === 'engine' ? [] : PLACEHOLDERS
    const all = [...known, ...(OWN_PLACEHOLDERS[of] ?? [])]
    for (const [, placeholder] of message.matchAll(/\{(\w+)\}/g)) {
      if (!all.includes(placeholder!))
        report(`message: unknown placeholder "{${placeholder}}"${didYouMean(placeholder!, all)}`)
    }
  }

  function examples(given: unknown): void {
    if (given === undefined) return
    mapping(given, 'examples', ['bad', 'good'], (list, key) => {
      if (!Array.isArray(list)) report(`${key} must be a list`)
      else for (const item of list) example(item, key)
    })
  }

  function example(item: unknown, key: string): void {
    if (!isMapping(item) || typeof item.title !== 'string' || typeof item.playbook !== 'string') {
      report(`${key}: an example has a title and a playbook`)
      return
    }
    const at = `${key} "${item.title}"`
    for (const name of Object.keys(item))
      if (!EXAMPLE_KEYS.includes(name))
        report(`${at}: unknown key "${name}"${didYouMean(name, EXAMPLE_KEYS)}`)
    if (item.format !== undefined && item.format !== 'yaml' && item.format !== 'markdown')
      report(`${at}: format must be yaml or markdown`)
    if (item.verdict !== undefined && item.verdict !== 'possible')
      report(`${at}: verdict must be possible, or left out where the rule is certainly broken`)
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
