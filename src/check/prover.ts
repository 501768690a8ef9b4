// Proves each verdict as it is found: makes its certificate and has it checked by `verify.ts`, which shares nothing with the engine.
import type { Proof, Proved } from '../model/certificate.ts'
import type { RuleVerdict } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import { proofOfFailure, proofOfHolds, proofOfSilence } from './certificate.ts'
import type { Failure } from './failure.ts'
import type { Kinds } from './proof-conditions.ts'
import { flawOf } from './verify.ts'
import type { View } from './view.ts'

/** One check of a rule (0 itself, then those under `also`) at one entry, just judged. */
export type Judged = {
  rule: Rule
  check: number
  entry: string
  verdict: string
  failures: readonly { verdict: 'violated' | 'possible'; failure: Failure }[]
  look(stance: 'suspicious' | 'trusting'): View
}

export type Refuted = { rule: string; entry: string; flaw: string }

export type Prover = {
  judged(judged: Judged): void
  /** A verdict on the flow as a whole, or on entries compared with each other: for these no certificate is made. */
  unproved(rule: Rule): void
  /** Certificates by rule id, a blank and the name of the entry. The first failure of a check stands for the others. */
  certificates: ReadonlyMap<string, Proved[]>
  /** Puts the certificates into their verdicts; returns a fault for each that proves nothing. */
  certify(verdicts: RuleVerdict[]): { rule: string; entry: string; error: unknown }[]
  /** Verdicts whose certificate does not prove them: a fault of wayout. */
  refuted: readonly Refuted[]
  /** How many verdicts of checks were proved, and how many have no certificate, by primitive. */
  counts: { proved: number; without: ReadonlyMap<string, number> }
}

/** Linear in what each verdict took to find, times the few failures that are proved one by one. */
export function prover(kinds?: Kinds): Prover {
  const certificates = new Map<string, Proved[]>()
  const refuted: Refuted[] = []
  const without = new Map<string, number>()
  const counts = { proved: 0, without }
  const unproved = ({ check }: Rule): void => {
    without.set(check, (without.get(check) ?? 0) + 1)
  }
  return { judged, unproved, certify, certificates, refuted, counts }

  function certify(verdicts: RuleVerdict[]): ReturnType<Prover['certify']> {
    for (const verdict of verdicts) {
      const proofs = certificates.get(`${verdict.id} ${verdict.entry}`)
      if (proofs) verdict.certificate = { proofs }
    }
    return refuted.map(({ rule, entry, flaw }) => {
      return { rule, entry, error: new Error(`the certificate does not prove the verdict: ${flaw}`) }
    })
  }

  function judged({ rule, check, entry, verdict, failures, look }: Judged): void {
    const proved: Proved[] = []
    if (verdict === 'holds' || verdict === 'vacuous') {
      const view = look('suspicious')
      const proof = (verdict === 'holds' ? proofOfHolds : proofOfSilence)(view, rule, kinds)
      if (proof) {
        proved.push({ check, verdict, proof })
        tell(view, proof)
      }
    }
    for (const { verdict, failure } of failures) {
      const [proof, flaw] = proofOf(verdict, failure)
      proved.push({ check, verdict, proof })
      if (flaw !== null) refuted.push({ rule: rule.id, entry, flaw })
    }
    if (proved.length > 0) {
      counts.proved++
      const key = `${rule.id} ${entry}`
      certificates.set(key, [...(certificates.get(key) ?? []), proved[0]!])
    } else if (verdict !== 'not-applicable') unproved(rule)

    function tell(view: View, proof: Proof): void {
      const flaw = flawOf(view.flow, view.unfolding, rule, proof, kinds)
      if (flaw !== null) refuted.push({ rule: rule.id, entry, flaw })
    }

    /** What is only possible may have been found in either view: one in which the path proves it. */
    function proofOf(verdict: 'violated' | 'possible', failure: Failure): [Proof, string | null] {
      const stances = verdict === 'violated' ? (['trusting'] as const) : (['suspicious', 'trusting'] as const)
      let last: [Proof, string | null] | undefined
      for (const stance of stances) {
        const view = look(stance)
        const proof = proofOfFailure(view, rule, failure, kinds)
        const flaw = flawOf(view.flow, view.unfolding, rule, proof, kinds)
        if (flaw === null) return [proof, null]
        last ??= [proof, flaw]
      }
      return last!
    }
  }
}
