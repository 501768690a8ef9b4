// Whether a yes to an offer is also the wish to stay: probable where the playbook then ends well, never certain.
import type { Act } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'

/**
 * Adds `cancel-withdrawn`, suspected, to choices whose *recognised* words accept an offer and after which the playbook
 * ends as kept or resolved ("Done."), at once or in the next step. Accepting an offer is no withdrawal by itself (stories.md, W3 of
 * theory.md), but calling it a lost request would be as wrong: so rules say *possible*, and the author declares it.
 */
export function withProbableStaying(flow: Flow): Flow {
  const transitions = flow.transitions.map(transition => {
    const accepted = transition.acts.find(act => act.act === 'offer-accepted' && act.evidence !== 'declared')
    if (!accepted || transition.acts.some(act => act.act === 'cancel-withdrawn')) return transition
    const outcome =
      transition.transition.outcome ??
      (transition.to === null ? undefined : flow.steps[transition.to]!.step.outcome)
    if (outcome !== 'kept' && outcome !== 'resolved') return transition
    const staying: Act = { ...accepted, act: 'cancel-withdrawn', evidence: 'suspected', attributes: {} }
    return { ...transition, acts: [...transition.acts, staying] }
  })
  return { ...flow, transitions }
}
