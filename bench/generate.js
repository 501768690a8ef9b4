// Makes playbooks to measure with: the same every time, in both formats, 4–8 KB each.

/** A small deterministic random source (mulberry32). */
export function randomFrom(seed) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const SAID = [
  'Thank you for calling Northgate Fitness. How can I help you today?',
  'I am sorry to hear that. May I ask what has made you think of leaving us?',
  'We could give you half price for the next three months if you would like to stay.',
  'Your membership is cancelled from the end of this month. I have sent you an e-mail that confirms it.',
  'Let me put you through to my supervisor, who can look at this with you.',
  'May I have your membership number and your date of birth, please?',
]
const DONE = [
  'Check the membership number against the list on the second screen.',
  'Record what the member says in the ticket and tag it with the right theme.',
  'If the member has moved away, ask for the new address and offer the other studio.',
]

/** A playbook as steps with ways on, from which both formats are written. */
function playbook(seed) {
  const random = randomFrom(seed)
  const count = 8 + Math.floor(random() * 13)
  return Array.from({ length: count }, (_, i) => ({
    id: `step-${i + 1}`,
    say: SAID[Math.floor(random() * SAID.length)],
    do: DONE[Math.floor(random() * DONE.length)],
    yes: Math.min(count, i + 2),
    no: Math.max(1, Math.min(count, i + 1 + Math.floor(random() * 4) - 1)),
    last: i === count - 1,
  }))
}

export function yamlPlaybook(seed) {
  const lines = [`playbook: Membership calls ${seed}`, 'language: en', 'channel: phone', 'steps:']
  for (const step of playbook(seed)) {
    lines.push(`  ${step.id}:`, `    say: ${step.say}`, `    do: ${step.do}`)
    if (step.last) lines.push('    end: resolved')
    else lines.push('    next:', '      - customer: says yes', `        go: step-${step.yes}`, '      - otherwise: anything else', `        go: step-${step.no}`)
  }
  return `${lines.join('\n')}\n`
}

export function markdownPlaybook(seed) {
  const lines = ['---', 'channel: phone', '---', '', `# Membership calls ${seed}`, '']
  for (const step of playbook(seed)) {
    lines.push(`## ${step.id.replace('-', ' ')}`, '', `> ${step.say}`, '', step.do, '')
    if (step.last) lines.push('End the call. <!-- wayout: end resolved -->', '')
    else lines.push(`- If the member says yes, go to [step ${step.yes}](#step-${step.yes}).`, `- Otherwise, go to [step ${step.no}](#step-${step.no}).`, '')
    if (step.yes % 7 === 0) lines.push('| Case | What to do |', '| --- | --- |', '| Moved away | Offer the other studio |', '')
  }
  return lines.join('\n')
}
