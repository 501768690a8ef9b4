// The formats for other machines: each is well-formed whatever the playbooks say, and loses nothing that counts.
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import type { Finding, LintResult } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { HOSTILE, HOSTILE_CONTEXT, hostileResult } from './hostile.test-data.ts'
import { reporters } from './index.ts'
import { markdownText } from './markdown.ts'
import { CLEAN, CONTEXT, FINDINGS, RESULT } from './samples.test-data.ts'

const EMPTY: LintResult = { playbooks: [], findings: [], rules: [], suppressed: [], notRead: [] }
const CASES: [string, LintResult, ReportContext][] = [
  ['the gym and the newspaper', RESULT, CONTEXT],
  ['a clean result', CLEAN, CONTEXT],
  ['nothing at all', EMPTY, CONTEXT],
  ['hostile text', hostileResult(), HOSTILE_CONTEXT],
  ['no text', hostileResult(''), HOSTILE_CONTEXT],
]

async function write(
  format: string,
  result: LintResult = RESULT,
  context: ReportContext = CONTEXT,
): Promise<string> {
  const { report } = await reporters[format]!()
  return report(result, context)
}

describe.each(Object.keys(reporters))('%s', format => {
  test.each(CASES)(
    '%s: ends in one line break, holds no character a terminal obeys, and is the same twice',
    async (_, result, context) => {
      const text = await write(format, result, context)
      expect(text).toMatch(/^(?:[\s\S]*[^\n])?\n$/)
      expect(text).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f]/,
      )
      expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/)
      expect(await write(format, structuredClone(result), context)).toBe(text)
    },
  )
})

test('jsonl: one object a line, findings whole, the summary last', async () => {
  const lines = (await write('jsonl'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines.map(({ type }) => type)).toEqual([
    'finding',
    'finding',
    'finding',
    'suppressed',
    'not-read',
    'not-read',
    'summary',
  ])
  const { type: _, ...first } = lines[0]
  expect(first).toEqual(JSON.parse(JSON.stringify(FINDINGS[0])))
  expect(lines.at(-1)).toMatchObject({
    version: 1,
    errors: 1,
    warnings: 1,
    infos: 1,
    notRead: 1,
    passedOver: 1,
    steps: 7,
  })
  for (const [, result, context] of CASES)
    for (const line of (await write('jsonl', result, context)).trimEnd().split('\n')) JSON.parse(line)
})

describe('gitlab', () => {
  test('has what Code Quality asks for', async () => {
    const issues = JSON.parse(await write('gitlab'))
    expect(
      issues.map(({ severity, check_name: name, location }: Record<string, never>) => [
        severity,
        name,
        location,
      ]),
    ).toMatchObject([
      ['major', 'cancellation-forceable', { path: 'playbooks/gym.yaml', lines: { begin: 8, end: 8 } }],
      ['info', 'ends-declared', { path: 'playbooks/gym.yaml' }],
      ['minor', 'retention-offers-bounded', { path: 'playbooks/newspaper.md' }],
      ['blocker', 'not-read', { path: 'playbooks/old.md', lines: { begin: 1 } }],
    ])
    expect(issues[2].description).toMatch(/ \(only possible\)$/)
  })

  test('gives every issue a fingerprint of its own, and paths GitLab finds', async () => {
    const twice: Finding = { ...FINDINGS[0]!, path: './playbooks/gym.yaml' }
    const issues = JSON.parse(await write('gitlab', { ...CLEAN, findings: [twice, twice, twice] }))
    expect(issues.map(({ fingerprint }: Finding) => fingerprint)).toEqual([
      '5f0c2d7e91ab4c33',
      '5f0c2d7e91ab4c33-2',
      '5f0c2d7e91ab4c33-3',
    ])
    expect(issues[0].location.path).toBe('playbooks/gym.yaml')
  })
})

type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string }

/** Parses the XML that the reports write; throws on anything that is not well-formed. */
function parseXml(source: string): Node {
  const decode = (text: string) => {
    expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)|[<>]/)
    const marks: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
    return text.replace(/&(\w+);/g, (_, name: string) => marks[name]!)
  }
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
  expect(source.startsWith(head)).toBe(true)
  const top: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  for (const [token] of source.slice(head.length).matchAll(/<[^>]*>|[^<]+/g)) {
    const node = open.at(-1)!
    if (token.startsWith('</')) {
      expect(token).toBe(`</${node.name}>`)
      open.pop()
    } else if (token.startsWith('<')) {
      const match = /^<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>$/.exec(token)
      expect(match, token).not.toBeNull()
      const pairs = [...match![2]!.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [
        key!,
        decode(value!),
      ])
      const made = { name: match![1]!, attributes: Object.fromEntries(pairs), children: [], text: '' }
      node.children.push(made)
      if (match![3] === '') open.push(made)
    } else node.text += decode(token)
  }
  expect(open).toHaveLength(1)
  expect(top.children).toHaveLength(1)
  return top.children[0]!
}

describe('junit', () => {
  test.each(CASES)('%s is well-formed, and its sums are right', async (_, result, context) => {
    const root = parseXml(await write('junit', result, context))
    expect(root.name).toBe('testsuites')
    const sums = (suites: Node[]) => {
      const cases = suites.flatMap(suite => suite.children)
      const having = (name: string) =>
        cases.filter(({ children }) => children.some(child => child.name === name)).length
      return {
        tests: cases.length,
        failures: having('failure'),
        errors: having('error'),
        skipped: having('skipped'),
      }
    }
    for (const node of [root, ...root.children]) {
      const { tests, failures, errors, skipped } = node.attributes
      expect({ tests, failures, errors, skipped }).toEqual(
        Object.fromEntries(
          Object.entries(sums(node === root ? root.children : [node])).map(([key, value]) => [
            key,
            String(value),
          ]),
        ),
      )
    }
  })

  test('a finding fails, with its path; a suppressed one is skipped; a file that was not read is an error', async () => {
    const root = parseXml(await write('junit'))
    expect(root.attributes).toMatchObject({ tests: '5', failures: '2', errors: '1', skipped: '1' })
    const [gym] = root.children
    const [failed, remark, skipped] = gym!.children
    expect(failed!.attributes).toEqual({
      name: 'cancellation-forceable at line 8',
      classname: 'playbooks/gym.yaml',
      file: 'playbooks/gym.yaml',
      line: '8',
    })
    expect(failed!.children[0]!.text).toContain('\n3. Pause instead (playbooks/gym.yaml:20): Then let me')
    expect(failed!.children[0]!.text).toContain('\n↺ back to 2, and so on for ever\nwhy: ')
    expect(remark!.children[0]!.name).toBe('system-out')
    expect(remark!.children[0]!.text).toMatch(/^info at playbooks\/gym.yaml:34:3\nstep "Front desk" ends/)
    expect(skipped!.children[0]!.attributes.message).toBe('it is our slogan, agreed with legal until March')
    expect(root.children[2]!.children[0]!.children[0]!.name).toBe('error')
  })

  test('a file without findings passes', async () => {
    const root = parseXml(await write('junit', CLEAN))
    expect(root.children[0]!.children).toEqual([
      {
        name: 'testcase',
        attributes: { name: 'no finding', classname: 'playbooks/gym.yaml', file: 'playbooks/gym.yaml' },
        children: [],
        text: '',
      },
    ])
  })
})

describe('checkstyle', () => {
  test.each(CASES)('%s is well-formed', async (_, result, context) => {
    expect(parseXml(await write('checkstyle', result, context)).name).toBe('checkstyle')
  })

  test('every file occurs, with its findings in order', async () => {
    const files = parseXml(await write('checkstyle')).children
    expect(
      files.map(({ attributes, children }) => [
        attributes.name,
        ...children.map(child => child.attributes.severity),
      ]),
    ).toEqual([
      ['playbooks/gym.yaml', 'error', 'info'],
      ['playbooks/newspaper.md', 'warning'],
      ['playbooks/old.md', 'error'],
    ])
    expect(files[0]!.children[0]!.attributes).toEqual({
      line: '8',
      column: '19',
      severity: 'error',
      message:
        'a customer who asks to cancel in "Greeting" cannot get it done if the agent goes on offering; fix: let the customer decide in "Pause instead": - customer: declines go: done',
      source: 'wayout.cancellation-forceable',
    })
    expect(parseXml(await write('checkstyle', CLEAN)).children[0]!.children).toEqual([])
  })
})

describe('markdown', () => {
  type Tree = { type: string; value?: string; children?: Tree[] }
  const nodesOf = (tree: Tree): Tree[] => [tree, ...(tree.children ?? []).flatMap(nodesOf)]
  const parse = (text: string) => nodesOf(unified().use(remarkParse).parse(text) as Tree)

  test('the gym and the newspaper', async () => {
    expect(await write('markdown')).toMatchInlineSnapshot(`
      "### wayout: 1 error, 1 warning, 1 info

      🛑 **a customer who asks to cancel in "Greeting" cannot get it done if the agent goes on offering**  
      \`playbooks/gym.yaml:8:19\` \`cancellation-forceable\`

      <details><summary>the path that shows it</summary>

      1\\. Greeting (playbooks/gym.yaml:4): Thank you for calling Iron Hall, the gym that never sleeps. How can I help? → customer: "wants to end the membership"  
      2\\. First offer (playbooks/gym.yaml:12): Before you go, I could give you half price for three months. Would that help? → customer: "declines"  
      3\\. Pause instead (playbooks/gym.yaml:20): Then let me pause the membership. You pay nothing for two months and keep your locker. → agent: "thinks that the customer can still be won" (the way out hangs on the agent here)  
      ↺ back to 2, and so on for ever  

      </details>

      **why** Trying to keep a customer is fair; holding on to one who has said no is not.  
      **law** ROSCA, 15 U.S.C. 8403(3) (US, in force since 2010-12-29)  
      **law** 16 CFR 425.6 (US, vacated, not in force)  
      **fix** let the customer decide in "Pause instead":

      \`\`\`
        - customer: declines
          go: done
      \`\`\`

      ℹ️ **step "Front desk" ends without saying how**  
      \`playbooks/gym.yaml:34:3\` \`ends-declared\`

      **why** Who reads the script should know how it ends.  
      **fix** add end: handed-off

      ⚠️ **perhaps 2 retention offers between "The reader calls" and the cancellation (limit 1)** (only possible)  
      \`playbooks/newspaper.md:7:10\` \`retention-offers-bounded\`

      <details><summary>the path that shows it</summary>

      1\\. The reader calls (playbooks/newspaper.md:3): We could look into what we can do about the price  
      2\\. Close the subscription (playbooks/newspaper.md:9): Stop the delivery and tell the reader the last day.  

      </details>

      **confirm** if line 7 is an offer, write &lt;!-- wayout: retention-offer --&gt; behind it; if not, &lt;!-- wayout: acts none --&gt;  
      **why** Trying to keep a customer is fair; wearing them down is not.  
      **fix** let the first "no" lead to the cancellation

      🛑 not read: \`playbooks/old.md\`, not UTF-8: it looks like UTF-16

      <sub>2 playbooks, 7 steps, 5 rules; nothing to check for complaint-logged and cancelling-as-easy-as-joining; 1 suppressed; 1 passage could not be read as part of the flow; 1 file of no form that wayout knows</sub>
      "
    `)
  })

  test.each(CASES)('%s: nothing of a playbook is markup', async (_, result, context) => {
    const nodes = parse(await write('markdown', result, context))
    const kinds = new Set(nodes.map(({ type }) => type))
    for (const type of kinds) {
      expect([
        'root',
        'heading',
        'paragraph',
        'text',
        'strong',
        'inlineCode',
        'code',
        'html',
        'break',
      ]).toContain(type)
    }
    expect(nodes.filter(({ type }) => type === 'heading')).toHaveLength(1)
    for (const { value } of nodes.filter(({ type }) => type === 'html')) {
      expect(value).toMatch(/^(?:<details><summary>the path that shows it<\/summary>|<\/details>|<\/?sub>)$/)
    }
    for (const { value } of nodes.filter(({ type }) => type === 'text'))
      expect(value).not.toMatch(/@\w|#\d|https?:\/\//)
  })

  test('text shows as it stands, but for what keeps links and names apart', () => {
    const shown = (text: string) =>
      parse(`x ${markdownText(text)}`)
        .map(({ value }) => value ?? '')
        .join('')
        .slice(2)
        .replaceAll('\u200b', '')
    for (const text of [
      'a_b_c *d* `e` ~~f~~',
      '[g](h) ![i](j)',
      '<b>&amp;</b>',
      '@everyone #12 https://x.example www.y.example',
      '$k$ \\(l\\)',
      '|m|',
    ]) {
      expect(shown(text)).toBe(text)
    }
    expect(markdownText('1. first')).toBe('1\\. first')
    expect(markdownText('- item')).toBe('\\- item')
    expect(markdownText('# head')).toBe('\\# head')
    expect(markdownText(HOSTILE)).not.toMatch(/<script|\n/)
  })

  test('a comment stays below the limit of GitHub, and says what it leaves out', async () => {
    const many: Finding[] = Array.from({ length: 500 }, () => FINDINGS[0]!)
    const text = await write('markdown', { ...CLEAN, findings: many })
    expect(text.length).toBeLessThan(65_000)
    expect(text).toMatch(/\n\d+ further findings left out: a comment has no room for more\.\n/)
  })
})

test('quiet hides what does not fail where people read, never where machines do', async () => {
  const quiet = { ...CONTEXT, quiet: true }
  for (const format of ['json', 'jsonl', 'sarif', 'gitlab'])
    expect(await write(format, RESULT, quiet)).toBe(await write(format))
  for (const format of ['pretty', 'github', 'junit', 'checkstyle', 'markdown']) {
    expect(await write(format, RESULT, quiet)).not.toContain('perhaps 2 retention offers')
  }
})
