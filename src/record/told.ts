// Findings about what is on record: a suppression that does not hold, a line of the baseline that is no longer true.
import type { Finding } from '../model/finding.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Place } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'

/** The rule that such findings belong to. */
export const VALID = 'suppressions-valid'

/** `about` is the rule that the exception was made for. */
export function findingAbout(
  { id, severity, why, law }: Rule,
  { path, range }: Place,
  about: string,
  { message, fix }: { message: string; fix: string },
): Finding {
  return {
    rule: id,
    severity,
    verdict: 'violated',
    message,
    fix,
    why,
    path,
    range,
    step: null,
    witness: [],
    because: [],
    law,
    fingerprint: fingerprint([id, path, about, message]),
  }
}
