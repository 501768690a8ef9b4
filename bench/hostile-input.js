// Input made to break a reader: for each kind a name and how to write it, the same every time.

const repeat = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join('')
const page = text => `# Gym desk\n\n1. Ask for the card.\n2. Cancel the membership.\n\n${text}\n`
const steps = text => `playbook: Gym desk\nsteps:\n${text}`
const json = value => JSON.stringify(value)

/** A balanced tree of playbooks, each calling two others: 2^40 ways through it. */
const callTree = () =>
  repeat(40, i => {
    const next = i < 39 ? `call: "#a${i + 1}"` : 'say: x'
    return `---\nplaybook: p${i}\nsteps:\n  a${i}:\n    ${next}\n    next: b${i}\n  b${i}:\n    ${next}\n    end: resolved\n`
  })

const connect = count => ({
  Version: '2019-10-30',
  StartAction: 'a0',
  Actions: Array.from({ length: count }, (_, i) => ({
    Identifier: `a${i}`,
    Type: i === count - 1 ? 'DisconnectParticipant' : 'MessageParticipant',
    Parameters: { Text: `Message ${i}` },
    Transitions: i === count - 1 ? {} : { NextAction: `a${i + 1}`, Errors: [{ ErrorType: 'NoMatchingError', NextAction: 'a0' }] },
  })),
})

const studio = count => ({
  description: 'Gym line',
  initial_state: 'Trigger',
  states: Array.from({ length: count }, (_, i) => ({
    name: i === 0 ? 'Trigger' : `s${i}`,
    type: i === 0 ? 'trigger' : 'send-message',
    properties: { body: `Message ${i}` },
    transitions: [{ event: i === 0 ? 'incomingMessage' : 'sent', ...(i < count - 1 && { next: `s${i + 1}` }) }],
  })),
})

/** `next` of a Rasa flow within `next`, `count` deep, in the flow style that needs no indentation. */
const rasaDeep = count =>
  `flows: {leave: {description: x, steps: [${'{collect: a, next: [{if: slots.a, then: ['.repeat(count)}{action: utter_a, next: END}${']}, {else: END}]}'.repeat(count)}]}}`

/** Condition groups within condition groups. */
const copilotDeep = count =>
  `kind: AdaptiveDialog\nbeginDialog: {kind: OnRecognizedIntent, id: main, actions: [${'{kind: ConditionGroup, id: c, conditions: [{id: i, condition: =true, actions: ['.repeat(count)}{kind: SendActivity, id: s, activity: Hello}${']}]}'.repeat(count)}]}\n`

/** Every kind: the file's name and its content, a string or bytes; `command` if not `lint`. */
export const HOSTILE = [
  // Markdown: size
  ['headings-100000.md', () => page(repeat(100_000, i => `## Step ${i}\n\nAsk ${i}.\n\n`))],
  ['underlined-headings-100000.md', () => page(repeat(100_000, i => `Step ${i}\n---\n`))],
  ['paragraph-10mb-words.md', () => page('ask the member for the card '.repeat(360_000))],
  ['paragraph-10mb-one-word.md', () => page('a'.repeat(10_000_000))],
  ['paragraph-10mb-lines.md', () => page('Ask the member for the card,\n'.repeat(360_000))],
  ['paragraph-900kb-sentences.md', () => page('If the card is lost, call the desk. '.repeat(25_000))],
  ['sentence-900kb-of-ifs.md', () => page(`Ask ${'if the card is lost, or if it is old, '.repeat(24_000)}.`)],
  ['items-19000-guarded.md', () => page(repeat(19_000, i => `${i + 1}. If it is ${i}, do ${i}.\n`))],
  ['bullets-19000-guarded.md', () => page(repeat(19_000, i => `- If it is ${i}, ask for ${i}.\n`))],
  ['jumps-19000.md', () => page(repeat(19_000, i => `${i + 1}. Go to step ${(i * 7) % 19_000}.\n`))],
  ['links-19000.md', () => page(repeat(19_000, i => `- If it is ${i}, go to [step](other-${i}.md#x).\n`))],
  ['paragraphs-10000.md', () => page(repeat(9_900, i => `Ask for card ${i}.\n\n`))],
  // Markdown: nesting
  ['quotes-50000-deep.md', () => page(`${'>'.repeat(50_000)} Hello`)],
  ['quotes-50000-deep-spaced.md', () => page(`${'> '.repeat(50_000)} Hello`)],
  ['lists-50000-deep.md', () => page(`${'- '.repeat(50_000)}Ask`)],
  ['lists-5000-deep-indented.md', () => page(repeat(5_000, i => `${' '.repeat(2 * i)}- Ask ${i}\n`))],
  ['details-50000-deep.md', () => page(`${'<details>\n'.repeat(19_000)}Hello`)],
  // Markdown: storms of marks
  ['emphasis-storm.md', () => page('*a **b _c __d '.repeat(60_000))],
  ['emphasis-storm-open.md', () => page('*'.repeat(900_000))],
  ['bracket-storm.md', () => page('['.repeat(900_000))],
  ['bracket-storm-links.md', () => page('[a]('.repeat(200_000))],
  ['bracket-storm-images.md', () => page('![[a]'.repeat(180_000))],
  ['backtick-storm.md', () => page(repeat(1_300, i => '`'.repeat(i + 1) + ' '))],
  ['angle-storm.md', () => page('<a '.repeat(300_000))],
  ['comment-storm.md', () => page('<!-- wayout: '.repeat(70_000))],
  ['entity-storm.md', () => page('&amp;&#0;&#x110000;'.repeat(50_000))],
  ['definition-storm.md', () => page(repeat(19_000, i => `[d${i}]: https://gym.example/${i}\n`))],
  ['fence-storm.md', () => page(repeat(9_000, i => `${'`'.repeat(3 + (i % 50))}\nx\n`))],
  // Markdown: tables, diagrams
  ['table-100000-columns.md', () => page(`|${'a|'.repeat(100_000)}\n|${'-|'.repeat(100_000)}\n|${'b|'.repeat(100_000)}\n`)],
  ['table-18000-rows.md', () => page(`| Case | What to do |\n|---|---|\n${repeat(18_000, i => `| Lost ${i} | Ask ${i} |\n`)}`)],
  ['mermaid-chain.mmd', () => `graph TD;\n${repeat(100_000, i => `s${i}-->s${i + 1}\n`)}`],
  ['mermaid-all-to-all.mmd', () => `graph TD;\n${repeat(3_000, i => `${i ? ' & ' : ''}a${i}`)} --> ${repeat(3_000, i => `${i ? ' & ' : ''}b${i}`)}\n`],
  ['mermaid-subgraphs.mmd', () => `graph TD;\n${'subgraph x\n'.repeat(50_000)}a-->b\n`],
  ['mermaid-brackets.mmd', () => `graph TD;\na${'['.repeat(500_000)}\n`],
  // text that is none, or in another coding
  ['nul-some.md', () => page(`Ask.\0${'Hello there. '.repeat(200)}`)],
  ['nul-only.md', () => '\0'.repeat(1_000_000)],
  ['invalid-utf8.md', () => Buffer.concat([Buffer.from(page('')), Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80])])],
  ['utf16.md', () => Buffer.from(`\uFEFF${page('')}`, 'utf16le')],
  ['bom.md', () => `\uFEFF${page('')}`],
  ['crlf.md', () => page('').replaceAll('\n', '\r\n')],
  ['cr-only.md', () => page('').replaceAll('\n', '\r')],
  ['empty.md', () => ''],
  ['controls.md', () => page('Ask\u001b[31m\u001b]0;x\u0007 the member\u202e.')],
  ['combining.md', () => page(`e${'\u0301'.repeat(500_000)}`)],
  // ids and links
  ['proto-ids.yaml', () => `playbook: Gym desk\nstart: __proto__\nsteps:\n  __proto__:\n    say: Hello\n    next: constructor\n  constructor:\n    say: Bye\n    next: [{customer: leaves, go: toString}, {otherwise: stays, go: hasOwnProperty}]\n  toString: {say: Done, end: cancelled}\n  hasOwnProperty: {say: Good, end: kept}\n`],
  ['proto-ids.md', () => '# __proto__\n\n## constructor\n\nAsk. If it is old, go to [x](#__proto__).\n\n## toString\n\nGo to [y](#hasownproperty).\n'],
  ['proto-keys.json', () => '{"__proto__": {"Version": "2019-10-30"}, "playbook": "Gym", "steps": {"__proto__": {"say": "x", "end": "kept"}}}'],
  ['links-outside.md', () => page('3. Go to [x](../../../etc/passwd).\n4. Follow the [y](/etc/passwd) workflow.\n5. Go to [z](file:///etc/passwd#root).\n6. Go to [w](https://gym.example/x.md).\n7. Go to [v](..%2f..%2fetc%2fpasswd).\n8. Go to [u](\\\\host\\share).')],
  ['links-outside.yaml', () => steps('  a:\n    say: x\n    call: ../../../../../../etc/passwd\n    next: [{customer: a, go: /etc/passwd#root}, {otherwise: b, go: "file:///etc/passwd"}]\n')],
  // YAML
  ['alias-bomb.yaml', () => `${repeat(30, i => (i === 0 ? 'a0: &a0 [x, x]\n' : `a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}*a${i - 1}]\n`))}playbook: *a29\n`],
  ['alias-bomb-steps.yaml', () => steps(repeat(25, i => (i === 0 ? '  s0: &s0 {say: x, end: kept}\n' : `  s${i}: &s${i} {say: x, next: [${`{customer: a, go: s0, acts: *s${i - 1}}, `.repeat(9)}{otherwise: b, go: s0}]}\n`)))],
  ['alias-cycle.yaml', () => 'playbook: Gym\nsteps: &s\n  a: *s\n'],
  ['mapping-100000-deep.yaml', () => `playbook: ${'{a: '.repeat(100_000)}x${'}'.repeat(100_000)}\n`],
  ['mapping-3000-deep-block.yaml', () => repeat(3_000, i => `${' '.repeat(i)}a:\n`)],
  ['sequence-100000-deep.yaml', () => `playbook: ${'['.repeat(100_000)}\n`],
  ['sequence-100000-deep-block.yaml', () => `playbook:\n  ${'- '.repeat(100_000)}x\n`],
  ['json-100000-deep.json', () => `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`],
  ['duplicate-keys-100000.yaml', () => steps('  a: {say: x, end: kept}\n'.repeat(100_000))],
  ['documents-50000.yaml', () => repeat(50_000, i => `---\nplaybook: p${i}\nsteps: {a: {say: x, end: kept}}\n`)],
  ['scalar-9mb.yaml', () => steps(`  a: {say: "${'Hello there. '.repeat(690_000)}", end: kept}\n`)],
  ['tags.yaml', () => steps('  a: !!js/function "function () { process.exit(9) }"\n  b: !<tag:x> {say: x, end: kept}\n')],
  ['merge-keys.yaml', () => steps(`  a: &a {say: x, end: kept}\n${repeat(20_000, i => `  b${i}: {<<: *a}\n`)}`)],
  ['yaml-11mb.yaml', () => steps(repeat(300_000, i => `  s${i}: {say: Hello there, next: s${i + 1}}\n`))],
  // flows
  ['steps-200000-chain.yaml', () => steps(`${repeat(199_999, i => `  s${i}: {say: a, next: s${i + 1}}\n`)}  s199999: {say: Done, end: cancelled}\n`)],
  ['steps-100000-branching.yaml', () => steps(`${repeat(99_999, i => `  s${i}: {say: a, next: [{customer: b, go: s${(i * 7919) % 99_999}}, {otherwise: c, go: s${i + 1}}]}\n`)}  s99999: {say: Done, end: cancelled}\n`)],
  ['steps-500-all-to-all.yaml', () => steps(repeat(500, i => `  s${i}: {say: a, next: [${repeat(500, j => `${j ? ', ' : ''}{customer: c${j}, go: s${j}}`)}]}\n`))],
  ['facts-40.yaml', () => `playbook: Gym\nfacts: {${repeat(40, i => `${i ? ', ' : ''}f${i}: [a, b, c]`)}}\nsteps:\n${repeat(40, i => `  s${i}: {say: x, next: [{fact: {f${i}: a}, go: s${(i + 3) % 40}}, {otherwise: x, go: s${(i + 1) % 40}}]}\n`)}`],
  ['calls-itself.yaml', () => steps('  a: {call: calls-itself.yaml, next: b}\n  b: {say: x, end: kept}\n')],
  ['calls.yaml', callTree],
  ['calls-chain-5000.yaml', () => repeat(5_000, i => `---\nplaybook: p${i}\nsteps: {a${i}: {call: "#a${(i + 1) % 5_000}", next: b${i}}, b${i}: {say: x, end: kept}}\n`)],
  ['max-loops.yaml', () => steps(repeat(30, i => `  s${i}: {say: x, next: [{customer: again, go: s0, max: 9}, {otherwise: on, go: s${(i + 1) % 30}}]}\n`))],
  // foreign formats
  ['connect-20000.json', () => json(connect(20_000))],
  ['connect-content.json', () => json({ Name: 'x', Type: 'CONTACT_FLOW', Content: json(connect(5_000)) })],
  ['connect-proto.json', () => '{"Version":"2019-10-30","StartAction":"__proto__","Actions":[{"Identifier":"__proto__","Type":"MessageParticipant","Parameters":{"Text":"x"},"Transitions":{"NextAction":"constructor"}},{"Identifier":"constructor","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}'],
  ['studio-20000.json', () => json(studio(20_000))],
  ['rasa-5000-deep.yml', () => rasaDeep(5_000)],
  ['copilot-5000-deep.mcs.yml', () => copilotDeep(5_000)],
  ['page-in-json-9mb.json', () => json({ title: 'Gym desk', content: page('Ask the member.\n\n'.repeat(500_000)) })],
]
