// What kind of text a file holds is told by its content, then by its ending.
import { describe, expect, it } from 'vitest'
import { sniff } from './sniff.ts'

const PLAYBOOK = 'playbook: Gym\nsteps:\n  a:\n    say: Hello.\n    end: kept\n'
const PAGE = '# Cancel a gym membership\n\nAsk for the name.\n'

describe('a file', () => {
  it.each([
    ['cancel.md', PAGE, 'markdown'],
    ['cancel.md', PLAYBOOK, 'data'],
    ['cancel.md', '{"playbook": "Gym", "steps": {}}', 'data'],
    ['cancel.md', '[cancel](#cancel) your membership', 'markdown'],
    ['cancel.md', '{% include note.html %}\n# Cancel', 'markdown'],
    ['cancel.md', '{: .note }\n# Cancel', 'markdown'],
    ['cancel.md', `---\nplaybook: Gym\nchannel: phone\n---\n${PAGE}`, 'markdown'],
    ['cancel.md', `---\n${PLAYBOOK}---\n${PLAYBOOK}`, 'data'],
    ['cancel.md', `Note: this shows a playbook.\n\n\`\`\`yaml\n${PLAYBOOK}\`\`\`\n`, 'markdown'],
    ['cancel.html.md.erb', PAGE, 'markdown'],
    ['cancel.yaml', PLAYBOOK, 'data'],
    ['cancel.yml', PAGE, 'data'],
    ['cancel.json', '', 'data'],
    ['cancel.mmd', 'anything', 'mermaid'],
    ['cancel', 'flowchart TD\n  A --> B\n', 'mermaid'],
    ['cancel', '%% a comment\nstateDiagram-v2\n  [*] --> A\n', 'mermaid'],
    ['cancel', '{\n  "modules": []\n}', 'data'],
    ['cancel', '[{"id": 1}]', 'data'],
    ['cancel', PLAYBOOK, 'data'],
    ['cancel.topic', '# Name: Cancel\nkind: AdaptiveDialog\nbeginDialog:\n  kind: OnEscalate\n', 'data'],
    ['cancel', `---\ntitle: Gym\n---\n${PAGE}`, 'markdown'],
    ['cancel', '---\nkind: a\n---\nkind: b\n', 'data'],
    ['cancel', PAGE, 'markdown'],
    ['cancel', 'To cancel, ask for the name: it is needed.\n', 'markdown'],
    ['cancel', 'Note: ask for the name.\nThen cancel.\n', 'markdown'],
    ['cancel', '- ask for the name\n- cancel\n', 'markdown'],
    ['cancel.txt', '', 'markdown'],
    ['<stdin>', 'list:\n- a\n- b\n', 'data'],
  ])('%s with %j is %s', (path, text, kind) => {
    expect(sniff(path, text)).toBe(kind)
    expect(sniff(path, text.replaceAll('\n', '\r\n'))).toBe(kind)
  })
})
