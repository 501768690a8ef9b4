// What a rule checks, as sentences for somebody who has never seen its YAML.
import type { Applies, Check, EngineDemand, Rule, StructureDemand } from '../model/rule.ts'
import { conditionWords, joined, requirementWords, scopeWords } from './condition-words.ts'
import { safeText } from './safe.ts'
import { count } from './wording.ts'

/** One sentence for each check of the rule; the last, if any, says where the rule applies. */
export function checkSentences(rule: Rule): string[] {
  const sentences = [rule, ...(rule.also ?? [])].map(sentence)
  const where = appliesWords(rule.applies)
  return where === '' ? sentences : [...sentences, where]
}

const STRUCTURE: Readonly<Record<StructureDemand, string>> = {
  'links-resolve': 'every link, anchor and "go to" leads to something that exists',
  'steps-reachable': 'every step can be reached from where customers come in',
  'ends-declared': 'a step with no way on says how the conversation ends',
  'option-to-complete': 'from every step some end can be reached',
  'choices-complete':
    'a branch has an answer for every case: an "otherwise", an opposite, or all values of a fact',
  'steps-unique': 'no two steps of a playbook have the same id or title',
}

const ENGINE: Readonly<Record<EngineDemand, string>> = {
  syntax: 'the file is well-formed',
  'nothing-to-check': 'a playbook in which no request to cancel is recognised says so',
  'unread-text': 'text, images and macros that could not be read as part of the flow are listed',
  'diagram-agrees': 'a diagram and the prose beside it lead the same ways',
  'suppressions-valid':
    'every suppression is well-formed, names a rule that may be suppressed, has not expired and hides something',
}

const STRENGTH: Readonly<Record<string, string>> = {
  guaranteed: 'whatever the company answers and however the checks and queues turn out',
  eventual: 'whatever the company answers; queues and checks may be tried again',
  discretionary: 'if the company is willing',
}

const NEED: Readonly<Record<string, string>> = {
  forbidden: 'there is no circle through',
  exit: 'there is a way out of every circle through',
  'customer-exit': 'there is a way out that the customer chooses of every circle through',
}

function sentence(check: Check): string {
  switch (check.check) {
    case 'structure':
      return STRUCTURE[check.require] ?? safeText(check.require)
    case 'engine':
      return ENGINE[check.require] ?? safeText(check.require)
    case 'absence':
      return `never: ${conditionWords(check.of)}${scopeWords(check.scope)}`
    case 'existence':
      return existence(check)
    case 'bound': {
      const each = check.per === undefined ? '' : ` for the same ${safeText(check.per)}`
      return `at most ${times(check.max)} on any way: ${conditionWords(check.of)}${each}${scopeWords(check.scope)}; circles count as without end`
    }
    case 'precedence': {
      const { first, before, scope, each, only_where: only } = check
      const passed = only?.passed === undefined ? '' : `, where ${conditionWords(only.passed)} came before`
      const later = only?.later === undefined ? '' : `, where it comes at all`
      const every = each ? ' each time' : ''
      return `${conditionWords(first)} comes before ${conditionWords(before)}${every}${scopeWords(scope)}${later}${passed}`
    }
    case 'response': {
      const then = check.then.map(condition => conditionWords(condition)).join(', and then ')
      const within = check.within === undefined ? '' : ` within ${count(check.within, 'step')}`
      return `after ${conditionWords(check.to)}, every way leads to ${then}${within}`
    }
    case 'reachable':
      return reachable(check)
    case 'can_force':
      return canForce(check)
    case 'cycle': {
      const same = check.same === undefined ? '' : ` back to the same ${safeText(check.same)}`
      const to = check.to === undefined ? '' : `, on to ${conditionWords(check.to)}`
      return `${NEED[check.need] ?? safeText(String(check.need))} ${conditionWords(check.through)}${same}${to}`
    }
    case 'attribute': {
      const or = check.or === undefined ? '' : `, or stands beside ${conditionWords(check.or)}`
      return `${conditionWords(check.on)} has ${requirementWords(check.require)}${or}`
    }
    case 'measure': {
      const way = ({
        from,
        to,
      }: {
        from: Parameters<typeof conditionWords>[0]
        to: Parameters<typeof conditionWords>[0]
      }) => `from ${conditionWords(from)} to ${conditionWords(to)}`
      const slack = check.slack === undefined ? '' : ` (by more than ${check.slack})`
      return `the way ${way(check.flow)} takes no more ${joined(check.metrics.map(safeText), 'or')} than the way ${way(check.not_more_than)}${slack}`
    }
    case 'consistent':
      return `for the same ${joined(check.same.map(safeText), 'and')}, in all playbooks, ${conditionWords(check.match)} has the same ${joined(check.then_same.map(safeText), 'and')}`
    default:
      return safeText(JSON.stringify(check))
  }
}

function existence({ of, scope, at, in: where, given, named }: Check & { check: 'existence' }): string {
  const only = given === undefined ? '' : `, if there is ${conditionWords(given)}`
  if (where === 'project') {
    const names =
      named === undefined
        ? ''
        : `, one that names ${joined(
            named.map(name => `"${safeText(name)}"`),
            'or',
          )}`
    return `some playbook of the project has this: ${conditionWords(of)}${names}${only}`
  }
  if (where === 'playbook') return `somewhere in the playbook: ${conditionWords(of)}${only}`
  const ends = at === undefined ? '' : ` to ${conditionWords(at)}`
  return `on every way${ends}: ${conditionWords(of)}${scopeWords(scope)}${only}`
}

function reachable(check: Check & { check: 'reachable' }): string {
  const { from, also_from: also, to, avoiding, within, count: what, scope, except, given } = check
  const parts = [
    `from ${conditionWords(from)}${also === undefined ? '' : ` and from ${conditionWords(also)}`}, some way leads to ${conditionWords(to)}`,
    ...(within === undefined
      ? []
      : [
          `within ${count(within, 'step')}${what === 'customer-facing' ? ' in which the customer is spoken to' : ''}`,
        ]),
    ...(avoiding === undefined ? [] : [`without ${conditionWords(avoiding)}`]),
  ]
  const rest = [
    ...(except === undefined ? [] : [`except from ${conditionWords(except)}`]),
    ...(given === undefined ? [] : [`where there is ${conditionWords(given)}`]),
  ]
  return [parts.join(' ') + scopeWords(scope), ...rest].join(', ')
}

function canForce(check: Check & { check: 'can_force' }): string {
  const {
    from,
    to,
    strength,
    knowing,
    at_most: most,
    avoiding,
    released_by: released,
    excused_by: excused,
  } = check
  const limits = Object.entries(most ?? {}).map(([name, number]) => `${number} of ${conditionWords(name)}`)
  return [
    `after ${conditionWords(from)} the customer's own choices lead to ${conditionWords(to)}, ${STRENGTH[strength ?? 'eventual'] ?? ''}`,
    ...(knowing === 'all' ? ['even by ways nobody told them of'] : ['by ways the customer is told of']),
    ...(limits.length === 0 ? [] : [`with at most ${joined(limits, 'and')}`]),
    ...(avoiding === undefined ? [] : [`without ${conditionWords(avoiding)}`]),
    ...(released === undefined ? [] : [`unless the customer takes it back (${conditionWords(released)})`]),
    ...(excused === undefined ? [] : [`${conditionWords(excused)} excuses it`]),
  ].join('; ')
}

function appliesWords(applies: Applies | undefined): string {
  if (applies === undefined) return ''
  const { channels, paths, playbooks } = applies
  const parts = [
    ...(channels === undefined ? [] : [`on ${joined(channels.map(safeText), 'or')}`]),
    ...(playbooks === undefined
      ? []
      : [
          `in ${joined(
            playbooks.map(name => `"${safeText(name)}"`),
            'or',
          )}`,
        ]),
    ...(paths === undefined ? [] : [`in files such as ${joined(paths.map(safeText), 'or')}`]),
  ]
  return parts.length === 0 ? '' : `applies ${parts.join(', ')}`
}

function times(number: number): string {
  return number === 1 ? 'once' : number === 2 ? 'twice' : `${number} times`
}
