// Findings as a GitLab Code Quality report (the Code Climate format), shown in merge requests.
import type { Finding, LintResult, NotRead, Severity } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { safeJson, safeText } from './safe.ts'

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' }

/**
 * `wayout lint --format gitlab`. GitLab shows `description` and the line; a finding needs a fingerprint of its own, so
 * the second of two alike gets a number behind it. Files that could not be read are blockers.
 */
export function report({ findings, notRead }: LintResult, _context: ReportContext): string {
  const seen = new Map<string, number>()
  const unique = (fingerprint: string) => {
    const number = (seen.get(fingerprint) ?? 0) + 1
    seen.set(fingerprint, number)
    return number === 1 ? fingerprint : `${fingerprint}-${number}`
  }
  const issues = [
    ...findings.map(finding => ({ ...issueOf(finding), fingerprint: unique(finding.fingerprint) })),
    ...notRead
      .filter(file => !file.passedOver)
      .map(file => ({ ...unreadOf(file), fingerprint: unique(`not-read:${file.path}`) })),
  ]
  return `${safeJson(issues)}\n`
}

function issueOf({ rule, message, verdict, why, fix, severity, path, range }: Finding) {
  return {
    type: 'issue',
    check_name: rule,
    description: `${safeText(message)}${verdict === 'possible' ? ' (only possible)' : ''}`,
    content: { body: `${why}\n\n${fix}` },
    categories: ['Clarity'],
    severity: SEVERITY[severity],
    location: {
      path: withoutDot(path),
      lines: { begin: range.start.line, end: range.end.line },
      positions: {
        begin: { line: range.start.line, column: range.start.column },
        end: { line: range.end.line, column: range.end.column },
      },
    },
  }
}

function unreadOf({ path, reason, range }: NotRead) {
  const line = range?.start.line ?? 1
  return {
    type: 'issue',
    check_name: 'not-read',
    description: `not read: ${safeText(reason)}`,
    categories: ['Clarity'],
    severity: 'blocker',
    location: { path: withoutDot(path), lines: { begin: line, end: line } },
  }
}

/** GitLab finds no file by a path that begins with `./`. */
function withoutDot(path: string): string {
  return path.replace(/^(?:\.\/)+/, '')
}
