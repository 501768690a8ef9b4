// A rule: a demand on the flow as data, one of the primitives with its parameters, and its own documentation and tests.
import type { Chooser, Outcome } from './act.ts'
import type { Law, Severity } from './finding.ts'
import type { Channel } from './playbook.ts'

export const PRIMITIVES = [
  'structure',
  'absence',
  'existence',
  'bound',
  'precedence',
  'response',
  'reachable',
  'can_force',
  'cycle',
  'measure',
  'consistent',
  'attribute',
] as const
export type Primitive = (typeof PRIMITIVES)[number]

/**
 * What a step or choice must be like. A string names an act (its kinds count too) or one of
 * `@start` (an entry), `@end` (any end), `@customer-facing`, `@automated`, `@human`.
 */
export type Condition =
  | string
  | { any: Condition[] }
  | { all: Condition[] }
  | { not: Condition }
  | { act: string; by?: Chooser; where?: Record<string, unknown>; exactly?: boolean }
  | { outcome: Outcome | Outcome[] }
  /** The act has occurred before on the path and occurs again (as a choice of its own). */
  | { again: string }
  /** A choice whose condition is about this (`outage`, `fee`), decided by one of `by`. */
  | { about: string; by?: Chooser[] }

export type Scope = {
  after?: Condition
  until?: Condition
  before?: Condition
  and_later?: Condition
  reopen?: 'first' | 'each'
}

/** Only on these channels, in files that match one of these patterns, in playbooks of these names (with `*`). */
export type Applies = { channels?: Channel[]; paths?: string[]; playbooks?: string[] }

export const STRUCTURE_DEMANDS = [
  'links-resolve',
  'steps-reachable',
  'ends-declared',
  'option-to-complete',
  'choices-complete',
  'steps-unique',
] as const
export type StructureDemand = (typeof STRUCTURE_DEMANDS)[number]

/** Demands of the linter on itself (section F of the catalogue): what was not read, not recognised, not checked. */
export const ENGINE_DEMANDS = [
  'syntax',
  'nothing-to-check',
  'unread-text',
  'diagram-agrees',
  'suppressions-valid',
] as const
export type EngineDemand = (typeof ENGINE_DEMANDS)[number]

export type Check =
  | { check: 'structure'; require: StructureDemand }
  | { check: 'engine'; require: EngineDemand }
  | { check: 'absence'; of: Condition; scope?: Scope }
  | {
      check: 'existence'
      of: Condition
      scope?: Scope
      /** Only where a path ends like this. */
      at?: Condition
      /** `playbook`: it must stand anywhere in it, on whatever path. */
      in?: 'path' | 'playbook' | 'project'
      /** With `in: playbook`: only if this occurs there. */
      given?: Condition
      /** With `in: project`: in a playbook whose title or first choices name one of these words. */
      named?: string[]
    }
  | {
      check: 'bound'
      of: Condition
      max: number
      scope?: Scope
      /** Counted for each value of this attribute (`items`) on its own. */
      per?: string
    }
  | {
      check: 'precedence'
      first: Condition
      before: Condition
      scope?: Scope
      each?: boolean
      only_where?: OnlyWhere
    }
  | { check: 'response'; to: Condition; then: Condition[]; within?: number }
  | {
      check: 'reachable'
      /** From every such step or choice inside the scope … */
      from: Condition
      /** … and from these wherever they are. */
      also_from?: Condition
      /** A path leads here. */
      to: Condition
      avoiding?: Condition
      /** At most so many steps further on (counted as `count` says). */
      within?: number
      count?: 'steps' | 'customer-facing'
      scope?: Scope
      /** Such steps and choices are exempt. */
      except?: Condition
      /** Only if this occurs anywhere in the playbook of the entry or behind it. */
      given?: Condition
    }
  | {
      check: 'can_force'
      from: Condition
      to: Condition
      strength?: 'guaranteed' | 'eventual' | 'discretionary'
      /** `offered`: only options the customer is told about count. */
      knowing?: 'offered' | 'all'
      /** At most so many of these acts (or `turns` of the customer) on the way. */
      at_most?: Record<string, number>
      avoiding?: Condition
      /** The customer's own choice that ends the duty. */
      released_by?: Condition
      /** Ends that are as good as the goal (a fraud block, say). */
      excused_by?: Condition
    }
  | {
      check: 'cycle'
      /** Cycles through this … */
      through: Condition
      /**
       * … are forbidden; or need a way on to `to` (or out of the circle); or one that the customer chooses; or a `max`
       * on one of their transitions.
       */
      need: 'forbidden' | 'exit' | 'customer-exit'
      to?: Condition
      /** Not a circle of the flow, but a return to the same value of this attribute (`team`). */
      same?: string
    }
  | {
      check: 'attribute'
      on: Condition
      /** Attribute → what it must be, as in `where` of a condition. */
      require: Record<string, unknown>
      /** This beside it, on the same step, is as good. */
      or?: Condition
      /** `5 min` and the like: replaces `limit` in `require`. */
      max?: number | string
    }
  | {
      check: 'measure'
      flow: { from: Condition; to: Condition }
      not_more_than: { from: Condition; to: Condition }
      metrics: Metric[]
      slack?: number
    }
  | { check: 'consistent'; match: Condition; same: string[]; then_same: string[] }

/** What effort is counted in: turns of the customer, data items asked for, changes of channel, words heard. */
export type Metric = 'turns' | 'items' | 'channels' | 'words'

/** The obligation holds only on paths that later reach `later`, or that passed `passed` before. */
export type OnlyWhere = { later?: Condition; passed?: Condition }

/**
 * A playbook that shows a rule. Lines on which a finding is due end in `# <-`, in Markdown in `<!-- <- -->`; the findings
 * are `violated` unless the example says that they are only `possible`.
 */
export type Example = { title: string; format?: 'yaml' | 'markdown'; verdict?: 'possible'; playbook: string }

export type Rule = Check & {
  /** The rule that says it better where there is no way at all (`can_force`). */
  yields_to?: string
  /** Further checks of the same rule, each with a message of its own. */
  also?: (Check & { message: string })[]
  id: string
  title: string
  why: string
  story: string
  severity: Severity
  applies?: Applies
  /** With placeholders in braces, see `docs/rules.md`. */
  message: string
  fix: string
  law: Law[]
  examples: { bad: Example[]; good: Example[] }
}
