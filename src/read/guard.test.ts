// Bounds on input: what is over them is left out, said and counted, and nothing over them reaches a parser.
import fc from 'fast-check'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { runs } from '../fuzz.test-data.ts'
import { guardDiagram, guardMarkdown, guardYaml, MAX_DIAGRAM, MAX_YAML } from './guard.ts'
import { BOUNDS, type Bounds, cutsIn } from './markdown-bounds.ts'
import { marksIn } from './markdown-line.ts'

const told = (text: string) =>
  guardMarkdown(text).problems.map(
    ({ message, range: { start } }) => `${start.line}:${start.column} ${message}`,
  )

const repeat = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('')

describe('an ordinary document', () => {
  const text = `---\ntitle: Gym\n---\n# Cancel\n\n1. Ask *why*.\n   - a\n     > b\n\n| a | b |\n| - | - |\n| c | d |\n\n\`\`\`\n> > > > >\n\`\`\`\n`

  it('is passed on as it is', () => {
    expect(guardMarkdown(text)).toEqual({ text, problems: [], unread: [] })
    expect(guardYaml(text)).toEqual({ text, problems: [], unread: [] })
  })
})

describe('Markdown over a bound', () => {
  it('of depth loses the lines that are deeper', () => {
    const deep = `${'> '.repeat(17)}never reached\n`
    const { text, unread } = guardMarkdown(`# Cancel\n\n${deep}${deep}\n> said\n`)
    expect(text).toBe(
      `# Cancel\n\n${' '.repeat(deep.length - 1)}\n${' '.repeat(deep.length - 1)}\n\n> said\n`,
    )
    expect(told(`# Cancel\n\n${deep}${deep}\n> said\n`)).toEqual([
      '3:1 lists and quotes nested more than 16 deep; what is beyond that is not read',
    ])
    expect(unread).toHaveLength(1)
    expect(unread[0]!.range).toEqual({ start: { line: 3, column: 1 }, end: { line: 4, column: deep.length } })
  })

  it('of depth by indentation loses the lines that are deeper', () => {
    const { text, problems } = guardMarkdown(`${repeat(500, i => `${'  '.repeat(i)}- a\n`)}- b\n`)
    expect(text.split('\n').filter(line => line.trim() !== '')).toHaveLength(17)
    expect(problems[0]!.range.start).toEqual({ line: 17, column: 1 })
  })

  it('of marks loses the rest of the paragraph only', () => {
    const { text, problems } = guardMarkdown(
      `# Cancel\n\nSay\n${'*a '.repeat(1001)}\nand\n\nSay *goodbye*.\n`,
    )
    expect(text.replace(/ +\n/g, '\n')).toBe('# Cancel\n\nSay\n\n\n\nSay *goodbye*.\n')
    expect(problems.map(({ message }) => message)).toEqual([
      'more than 1000 marks of emphasis, links, code and tables in one paragraph; what is beyond that is not read',
    ])
  })

  it.each([
    [
      'lists',
      repeat(2001, () => '- a\n\nb\n\n'),
      '8001:1 more than 2000 lists, quotes and underlined headings; the rest of the file is not read',
    ],
    [
      'quotes',
      repeat(2001, () => '> a\n\n'),
      '4001:1 more than 2000 lists, quotes and underlined headings; the rest of the file is not read',
    ],
    [
      'underlined headings',
      repeat(2001, () => 'a\n=\n\n'),
      '6002:1 more than 2000 lists, quotes and underlined headings; the rest of the file is not read',
    ],
    [
      'headings',
      repeat(10_001, () => '# a\n'),
      '10001:1 more than 10000 headings; the rest of the file is not read',
    ],
    ['lines', 'a\n\n'.repeat(10_001), '20001:1 more than 20000 lines; the rest of the file is not read'],
    [
      'characters',
      `a\n\n${'b'.repeat(1_000_000)}\n`,
      '3:1 more than 1000000 characters; the rest of the file is not read',
    ],
    [
      'marks',
      repeat(250, () => `${'`a` '.repeat(250)}\n\n`),
      '401:1 more than 100000 marks of emphasis, links, code and tables; the rest of the file is not read',
    ],
    [
      'lines in a paragraph',
      'a\n'.repeat(2001),
      '2001:1 more than 2000 lines in one paragraph; what is beyond that is not read',
    ],
    [
      'columns of a table',
      `${'a|'.repeat(1001)}\n`,
      '1:1 more than 1000 marks of emphasis, links, code and tables in one paragraph; what is beyond that is not read',
    ],
  ])('of %s is cut there, and says so', (_, text, message) => {
    expect(told(text)).toEqual([message])
  })

  it('many times over is one problem, and listed place by place', () => {
    const { problems, unread } = guardMarkdown(repeat(3, () => `${'*a '.repeat(1001)}\n\n`))
    expect(problems.map(({ message }) => message)).toEqual([
      'more than 1000 marks of emphasis, links, code and tables in one paragraph (3 places); what is beyond that is not read',
    ])
    expect(unread).toHaveLength(3)
  })

  it('is not over it in fenced code, in a long table or in a list of many items', () => {
    const fenced = `\`\`\`\n${'a_b_c = **d**\n'.repeat(500)}\`\`\`\n`
    const table = `| a | b |\n| - | - |\n${'| **c** | **d** |\n'.repeat(500)}`
    const list = '- **a** b\n'.repeat(500)
    expect(
      told(`${fenced}\n${table}\n${list}\n1. a\n\n   \`\`\`sh\n   ${'__a__ '.repeat(400)}\n   \`\`\`\n`),
    ).toEqual([])
  })
})

describe('characters that are no text', () => {
  it('are read as spaces, and NUL is a problem', () => {
    const text = `${'Say hello. '.repeat(20)}\nno\0w\x1b[31m\n`
    for (const guarded of [guardMarkdown(text), guardYaml(text)]) {
      expect(guarded.text).toBe(`${'Say hello. '.repeat(20)}\nno w [31m\n`)
      expect(
        guarded.problems.map(({ message, range: { start } }) => `${start.line}:${start.column} ${message}`),
      ).toEqual([
        '2:3 a NUL character is no text (2 control characters in the file); they are read as spaces',
      ])
    }
  })

  it('in numbers make a file no text', () => {
    expect(guardYaml('a\0b\0c\0').failure).toMatchObject({
      kind: 'not-text',
      message: 'not a text file: it has NUL characters',
    })
  })

  it('that are stray are listed, not reported', () => {
    const { text, problems, unread } = guardYaml('a: b\fc\n')
    expect({ text, problems }).toEqual({ text: 'a: b c\n', problems: [] })
    expect(unread[0]).toMatchObject({ reason: 'control characters are read as spaces (1 in the file)' })
  })

  it('at the start or as line ends of old become what they were', () => {
    expect(guardYaml('\uFEFFa: 1\rb: 2\r\nc: 3\n').text).toBe('a: 1\nb: 2\r\nc: 3\n')
  })
})

describe('YAML over a bound', () => {
  it('is not read', () => {
    expect(guardDiagram(' '.repeat(MAX_DIAGRAM + 1)).failure).toMatchObject({ kind: 'too-large' })
    expect(guardYaml(' '.repeat(MAX_YAML + 1)).failure).toMatchObject({ kind: 'too-large' })
  })
})

type Node = {
  type: string
  children?: Node[]
  position?: { start: { offset?: number }; end: { offset?: number } }
}

describe('what a parser gets to see', () => {
  const parser = unified()
    .use(remarkParse)
    .data({ micromarkExtensions: [gfmTable()], fromMarkdownExtensions: [gfmTableFromMarkdown()] })
    .freeze()
  const pieces = fc.constantFrom(
    ...[
      '\n',
      '\n',
      '\n',
      '\n\n',
      '- ',
      '* ',
      '+ ',
      '1. ',
      '2. ',
      '3) ',
      '> ',
      '>',
      ' ',
      '  ',
      '    ',
      '\t',
      'a',
      '*_',
      '*b_',
      '[c](d)',
      '|',
      'a|b',
      '-|-\n',
    ],
    ...[
      '```',
      '```\n',
      '~~~\n',
      '   ```\n',
      '  ```',
      '<!--',
      '-->',
      '<div>',
      '<pre>',
      '</pre>',
      '# ',
      '===',
      '---',
      '\n=\n',
      '`',
      '![',
      '](',
      '\\',
      '***\n',
      '*_\n',
      '_*\n',
    ],
  )
  const hostile = fc.array(pieces, { maxLength: 60 }).map(parts => parts.join(''))

  /** The text with its cuts made, as guardMarkdown does with the bounds of the product. */
  function guarded(text: string, bounds: Bounds): string {
    let result = text
    for (const { from, to, isRest } of cutsIn(text, bounds)) {
      if (isRest) return result.slice(0, from)
      result = result.slice(0, from) + result.slice(from, to).replace(/[^\n]/g, ' ') + result.slice(to)
    }
    return result
  }

  it.each<[string, Partial<Bounds>]>([
    ['depth', { depth: 2 }],
    ['marks', { marks: 6 }],
    ['lists', { lists: 3 }],
    ['headings', { headings: 1, lists: 1 }],
  ])('is within the bound of %s, whatever the text', (_, tight) => {
    const bounds = { ...BOUNDS, ...tight }
    const check = (text: string) => {
      const kept = guarded(text, bounds)
      const found = { depth: 0, marks: 0, lists: 0, headings: 0 }
      const visit = (node: Node, depth: number): void => {
        const inside = node.type === 'listItem' || node.type === 'blockquote' ? depth + 1 : depth
        found.depth = Math.max(found.depth, inside)
        if (node.type === 'list' || node.type === 'blockquote') found.lists++
        if (node.type === 'heading') found.headings++
        if (node.type === 'paragraph' || node.type === 'tableCell' || node.type === 'heading') {
          const words = kept.slice(node.position!.start.offset, node.position!.end.offset)
          found.marks = Math.max(found.marks, marksIn(words))
        } else for (const child of node.children ?? []) visit(child, inside)
      }
      visit(parser.parse(kept) as Node, 0)
      // Underlined headings count as lists do.
      found.headings -= bounds.lists
      for (const [bound, count] of Object.entries(found)) {
        if (count > bounds[bound as keyof Bounds])
          throw new Error(`${count} ${bound}: ${JSON.stringify(kept)}`)
      }
    }
    fc.assert(fc.property(hostile, check), runs(20_260_801, 2500))
  })

  it('keeps its lines and columns', () => {
    fc.assert(
      fc.property(hostile, text => {
        const kept = guarded(text, { ...BOUNDS, marks: 6, depth: 2 })
        for (let i = 0; i < kept.length; i++) {
          if (kept[i] !== text[i] && (kept[i] !== ' ' || text[i] === '\n'))
            throw new Error(JSON.stringify([text, kept]))
        }
      }),
      runs(20_260_801, 1000),
    )
  })
})
