// One finding as a SARIF result: message, region, the witness as a code flow, what it was read from.
import type { Repair } from '../model/edit.ts'
import type { Finding, Severity, WitnessStep } from '../model/finding.ts'
import { decision, hasPath, loopNumber, saidIn, titleOf } from './dialogue.ts'
import { artifactOf, physical, physicalLine, regionOf } from './sarif-place.ts'
import { sarifMessage } from './sarif-text.ts'
import { becauseText } from './wording.ts'

/** What GitHub shows: 1 000 steps of a path, 100 places beside a result. */
const MOST_STEPS = 1000
const MOST_RELATED = 99

export const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

export function resultOf(finding: Finding, ruleIndex: number) {
  const { rule, path, range, step, severity, verdict, message, fix, confirm } = finding
  const advice = [
    message,
    ...(confirm ? [`only possible; confirm: ${confirm}`] : []),
    ...(fix ? [`fix: ${fix}`] : []),
  ]
  return {
    ruleId: rule,
    ruleIndex,
    // A possible finding is a failure still: SARIF allows other kinds no level.
    kind: 'fail',
    level: LEVEL[severity],
    message: sarifMessage(advice.join('\n\n')),
    locations: [
      {
        physicalLocation: physical(path, range),
        ...(step === null
          ? {}
          : { logicalLocations: [{ name: step, fullyQualifiedName: `${path}#${step}` }] }),
      },
    ],
    partialFingerprints: { 'wayout/v1': finding.fingerprint },
    ...(hasPath(finding) ? { codeFlows: [codeFlow(finding)] } : {}),
    ...(finding.because.length > 0 ? { relatedLocations: related(finding) } : {}),
    ...(finding.repair ? { fixes: [fixOf(path, finding.repair)] } : {}),
    properties: { verdict, why: finding.why },
  }
}

/** An empty region inserts. What is written is text of the file, not of a message: it stays as it is. */
function fixOf(path: string, { description, edits }: Repair) {
  const replacements = edits.map(({ range, text }) => ({
    deletedRegion: regionOf(range),
    ...(text === '' ? {} : { insertedContent: { text } }),
  }))
  return {
    description: sarifMessage(description),
    artifactChanges: [{ artifactLocation: artifactOf(path), replacements }],
  }
}

function codeFlow(finding: Finding) {
  const { witness } = finding
  const back = loopNumber(finding)
  const room = MOST_STEPS - 2
  const kept = witness.length <= room ? witness : [...witness.slice(0, room / 2), ...witness.slice(-room / 2)]
  const locations = kept.map((step, index) => threadLocation(step, stepText(step), index === kept.length - 1))
  if (back !== undefined)
    locations.push(threadLocation(witness[back - 1]!, 'back to here, and so on for ever', true))
  const left = witness.length - kept.length
  return {
    message: sarifMessage(
      left > 0 ? `the path that shows it, without ${left} steps in its middle` : 'the path that shows it',
    ),
    threadFlows: [{ locations }],
  }
}

function threadLocation(step: WitnessStep, text: string, last: boolean) {
  const { path, line, column, acts } = step
  const decisive = last || step.note !== null
  return {
    location: {
      physicalLocation: {
        artifactLocation: artifactOf(path),
        region: { startLine: line, startColumn: column },
      },
      message: sarifMessage(text),
    },
    ...(acts.length > 0 ? { kinds: [...new Set(acts)] } : {}),
    importance: decisive ? 'essential' : 'important',
  }
}

function stepText(step: WitnessStep): string {
  const said = saidIn(step)
  const decided = decision(step)
  const note = step.note ? ` (${step.note})` : ''
  return `${titleOf(step)}${said === '' ? '' : `: ${said}`}${decided === '' ? '' : ` → ${decided}`}${note}`
}

function related({ because }: Finding) {
  return because.slice(0, MOST_RELATED).map((item, id) => ({
    id: id + 1,
    physicalLocation: physicalLine(item.path, item.line),
    message: sarifMessage(becauseText(item)),
  }))
}
