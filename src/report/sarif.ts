// Findings as SARIF 2.1.0, for code scanning: one run, the path of each finding as a code flow, suppressions kept.
import type { Finding, LintResult, NotRead, PlaybookSummary, Suppressed } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { safeJson, safeText } from './safe.ts'
import { artifactOf, physical } from './sarif-place.ts'
import { resultOf } from './sarif-result.ts'
import { descriptors } from './sarif-rule.ts'
import { sarifMessage } from './sarif-text.ts'
import { count, verdictCounts } from './wording.ts'

/** GitHub refuses a run with more results. */
const MOST_RESULTS = 25_000

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** What the tool has to say besides results. */
const NOTIFICATIONS = {
  'not-read': 'A file could not be read.',
  'passed-over': 'A file in a searched folder is of no form that wayout knows.',
  'unread-text': 'A part of a playbook could not be read as part of the flow.',
  truncated: 'Code scanning takes no more results than these.',
} as const

/** `wayout lint --format sarif`. Nothing is left out by `quiet`. */
export function report(result: LintResult, context: ReportContext): string {
  const { rules, indexOf } = descriptors(result, context)
  const { baseline } = result
  const of = (finding: Finding) => resultOf(finding, indexOf(finding.rule))
  const all = [
    ...result.findings.map(finding => ({ ...of(finding), ...(baseline && { baselineState: 'new' }) })),
    ...(baseline?.findings ?? []).map(finding => ({ ...of(finding), baselineState: 'unchanged' })),
    ...result.suppressed.map(one => ({ ...of(one.finding), suppressions: [suppression(one)] })),
  ]
  const results = all.slice(0, MOST_RESULTS)
  const run = {
    tool: {
      driver: {
        name: 'wayout',
        version: context.version,
        semanticVersion: context.version,
        rules,
        notifications: Object.entries(NOTIFICATIONS).map(([id, text]) => ({
          id,
          shortDescription: { text },
        })),
      },
    },
    invocations: [
      {
        executionSuccessful: result.notRead.every(file => file.passedOver),
        toolExecutionNotifications: notifications(result, all.length - results.length),
      },
    ],
    artifacts: [...new Set(result.playbooks.map(playbook => playbook.path))].map(path => {
      return { location: artifactOf(path), roles: ['analysisTarget'] }
    }),
    results,
    columnKind: 'utf16CodeUnits',
    defaultEncoding: 'utf-8',
    language: 'en-US',
    properties: { verdicts: verdictCounts(result.rules) },
  }
  return `${safeJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] })}\n`
}

/** Who answers for it, the ticket and the last day stand with the reason: SARIF has no other place for them. */
function suppression({ reason, place, scope, owner, ticket, until }: Suppressed) {
  const terms = [owner && `owner ${owner}`, ticket && `ticket ${ticket}`, until && `until ${until}`]
  const why = [reason.trim(), ...terms].filter(Boolean).join('; ')
  return {
    kind: scope === 'files' ? 'external' : 'inSource',
    status: 'accepted',
    ...(why === '' ? {} : { justification: safeText(why) }),
    location: { physicalLocation: physical(place.path, place.range) },
  }
}

function notifications({ notRead, playbooks }: LintResult, truncated: number) {
  const told = [...notRead.map(ofFile), ...playbooks.filter(({ unread }) => unread.length > 0).map(ofUnread)]
  if (truncated === 0) return told
  return [...told, notification('truncated', 'error', `${count(truncated, 'further result')} left out`)]
}

function ofFile({ path, reason, range, passedOver }: NotRead) {
  const told = notification(
    passedOver ? 'passed-over' : 'not-read',
    passedOver ? 'note' : 'error',
    `${path}: ${reason}`,
  )
  return { ...told, locations: [{ physicalLocation: physical(path, range) }] }
}

function ofUnread({ path, unread }: PlaybookSummary) {
  const reasons = [...new Set(unread.map(({ reason }) => reason))].join(', ')
  const text = `${count(unread.length, 'passage')} of ${path} could not be read as part of the flow: ${reasons}`
  const locations = unread.slice(0, 100).map(({ range }) => ({ physicalLocation: physical(path, range) }))
  return { ...notification('unread-text', 'note', text), locations }
}

function notification(id: keyof typeof NOTIFICATIONS, level: 'error' | 'note', text: string) {
  const index = Object.keys(NOTIFICATIONS).indexOf(id)
  return { descriptor: { id, index }, level, message: sarifMessage(text) }
}
