// The language of rules as data: which parameters each primitive has, of which kind, and what its messages may name.
import { type Check, ENGINE_DEMANDS, STRUCTURE_DEMANDS } from '../model/rule.ts'

/** What a parameter must be. A list: one of these words. */
export type Kind =
  | 'words'
  | 'metrics'
  | 'where'
  | 'way'
  | 'duration'
  | 'limits'
  | 'condition'
  | 'conditions'
  | 'number'
  | 'boolean'
  | 'scope'
  | 'only_where'
  | readonly string[]

/** The parameters of each primitive; those with `!` must be there. */
export const PARAMETERS: { readonly [Name in Check['check']]?: Readonly<Record<string, Kind>> } = {
  structure: { 'require!': STRUCTURE_DEMANDS },
  engine: { 'require!': ENGINE_DEMANDS },
  absence: { 'of!': 'condition', scope: 'scope' },
  existence: {
    'of!': 'condition',
    scope: 'scope',
    at: 'condition',
    in: ['path', 'playbook', 'project'],
    given: 'condition',
    named: 'words',
  },
  bound: { 'of!': 'condition', 'max!': 'number', scope: 'scope', per: 'words' },
  attribute: { 'on!': 'condition', 'require!': 'where', or: 'condition', max: 'duration' },
  cycle: {
    'through!': 'condition',
    'need!': ['forbidden', 'exit', 'customer-exit'],
    to: 'condition',
    same: 'words',
  },
  measure: { 'flow!': 'way', 'not_more_than!': 'way', 'metrics!': 'metrics', slack: 'number' },
  consistent: { 'match!': 'condition', 'same!': 'words', 'then_same!': 'words' },
  precedence: {
    'first!': 'condition',
    'before!': 'condition',
    scope: 'scope',
    each: 'boolean',
    only_where: 'only_where',
  },
  response: { 'to!': 'condition', 'then!': 'conditions', within: 'number' },
  can_force: {
    'from!': 'condition',
    'to!': 'condition',
    strength: ['guaranteed', 'eventual', 'discretionary'],
    knowing: ['offered', 'all'],
    at_most: 'limits',
    avoiding: 'condition',
    released_by: 'condition',
    excused_by: 'condition',
  },
  reachable: {
    'from!': 'condition',
    also_from: 'condition',
    'to!': 'condition',
    avoiding: 'condition',
    within: 'number',
    count: ['steps', 'customer-facing'],
    scope: 'scope',
    except: 'condition',
    given: 'condition',
  },
}

export const COMMON = [
  'also',
  'yields_to',
  'id',
  'title',
  'why',
  'story',
  'severity',
  'check',
  'applies',
  'message',
  'fix',
  'law',
  'examples',
]
/** Where a rule applies, and what each key is a list of. */
export const APPLIES_LISTS: Readonly<Record<string, string>> = {
  channels: 'channels',
  paths: 'patterns of paths such as "billing/**"',
  playbooks: 'titles of playbooks',
}
export const APPLIES_KEYS = Object.keys(APPLIES_LISTS)
export const EXAMPLE_KEYS = ['title', 'format', 'verdict', 'playbook']
export const METRICS = ['turns', 'items', 'channels', 'words']
export const LAW_KEYS = ['ref', 'jurisdiction', 'status', 'effective', 'checked', 'url', 'note']
export const LAW_STATUS = [
  'in-force',
  'adopted',
  'proposed',
  'vacated',
  'repealed',
  'guidance',
  'case',
  'voluntary',
]
/** What a condition in the form of a mapping is about, with the keys that may stand beside it. */
export const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  any: [],
  all: [],
  not: [],
  act: ['by', 'where', 'exactly'],
  outcome: [],
  again: [],
  about: ['by'],
}
export const SCOPE_KEYS = ['after', 'until', 'before', 'and_later', 'reopen']
export const BUILT_IN = ['@start', '@end', '@step', '@customer-facing', '@automated']

/** Placeholders that every message of a path rule may use, beside those of its primitive. */
export const PLACEHOLDERS = ['step', 'entry', 'from', 'end', 'ending', 'words', 'max', 'within']
export const OWN_PLACEHOLDERS: { readonly [Name in Check['check']]?: readonly string[] } = {
  bound: ['count', 'item'],
  measure: ['comparison'],
  consistent: ['here', 'there', 'elsewhere'],
  reachable: ['distance', 'others'],
  can_force: ['how', 'decider', 'decisive'],
  structure: ['others', 'choices'],
  engine: ['playbook', 'reason', 'count', 'first'],
}
