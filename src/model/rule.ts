// A rule: a demand on the flow as data, one of twelve primitives with its parameters, and its own documentation and tests.
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

export type Applies = { channels?: Channel[]; playbooks?: string[]; live?: boolean }

export type Check =
  | { check: 'structure'; require: string }
  | { check: 'absence'; of: Condition; scope?: Scope }
  | {
      check: 'existence'
      of: Condition
      scope?: Scope
      at?: Condition
      in?: 'path' | 'playbook' | 'project'
      given?: Condition
    }
  | { check: 'bound'; of: Condition; max: number; min?: number; scope?: Scope }
  | {
      check: 'precedence'
      first: Condition
      before: Condition
      scope?: Scope
      each?: boolean
      only_where?: OnlyWhere
    }
  | { check: 'response'; to: Condition; then: Condition[]; within?: number; released_by?: Condition }
  | {
      check: 'reachable'
      from: Condition
      to: Condition
      avoiding?: Condition
      within?: number
      count?: 'steps' | 'customer-facing'
      until?: Condition
      after?: Condition
      except?: Condition
    }
  | { check: 'can_force' | 'cycle' | 'measure' | 'consistent' | 'attribute'; [parameter: string]: unknown }

/** The obligation holds only on paths that later reach `later`, or that passed `passed` before. */
export type OnlyWhere = { later?: Condition; passed?: Condition }

export type Example = { title: string; format?: 'yaml' | 'markdown'; playbook: string }

export type Rule = Check & {
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
