// `wayout test`: runs the examples of a team's own rules, and says which do not behave as marked and which rules nothing fires.
import { resolve } from 'node:path'
import type { lint as Lint, LintFault } from '../index.ts'
import type { Root } from '../model/roots.ts'
import type { Example, Rule } from '../model/rule.ts'
import type { TestedExample, TestedRule } from '../model/tested.ts'
import type { ConfigProblem } from '../ruleset/config.ts'
import type { OwnAct } from '../ruleset/own-acts.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { shownPath } from './files.ts'
import { ownActs, tellFaults } from './gather.ts'
import { findProject, type Project, siteRoots } from './project.ts'
import { colours, columnsOf, formatAmong } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import { type Streams, talk } from './streams.ts'
import { readText } from './text.ts'
import { version } from './version.ts'

type Given = { rule: Rule; path: string; line: number }

/** Exit code 1 if an example is not as marked or no example fires a rule, 3 if there is no rule to test or a file unread. */
export async function runTest(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const format = formatAmong('test', options, ['text', 'json'])
  const project = await findProject(streams.cwd, options.config)
  // Everything wrong in the configuration is told before any example is run.
  await rulesHere(project, streams.cwd, {})
  const acts = ownActs(project)
  const { given, unread } = await rulesToTest(operands, project, acts, streams)
  const { lint } = await import('../index.ts')
  const settings = { acts, roots: siteRoots(project, streams.cwd) }
  const faults: LintFault[] = []
  const tested: TestedRule[] = []
  for (const { rule, path, line } of given) {
    const examples: (TestedExample & { fired: boolean })[] = []
    for (const kind of ['bad', 'good'] as const)
      for (const example of rule.examples[kind])
        examples.push(await testExample(lint, rule, kind, example, settings, faults))
    const fires = examples.some(({ kind, fired }) => kind === 'bad' && fired)
    tested.push({ id: rule.id, path, line, fires, examples: examples.map(({ fired: _, ...told }) => told) })
  }
  if (given.length > 0) {
    const { testedJson, testedText } = await import('../report/tested.ts')
    const page = { colour: await colours(streams, options['no-color']), columns: columnsOf(streams) }
    streams.stdout.write(format === 'json' ? testedJson(tested, version()) : testedText(tested, page))
  }
  if (tellFaults(faults, streams) > 0) return EXIT.fault
  if (given.length === 0 && unread === 0)
    talk(
      streams,
      'nothing to test: no rules of your own; write them as a list under "rules:" in wayout.yaml, or name files of rules',
    )
  if (given.length === 0 || unread > 0) return EXIT.notRead
  const fine = tested.every(
    ({ fires, examples }) => fires && examples.every(({ wrong }) => wrong.length === 0),
  )
  return fine ? EXIT.ok : EXIT.findings
}

/** The rules of the files named, or all of the configuration. Throws a usage error where one is no rule. */
async function rulesToTest(
  operands: readonly string[],
  project: Project,
  acts: Map<string, OwnAct>,
  streams: Streams,
): Promise<{ given: Given[]; unread: number }> {
  const found = project.configs.flatMap(({ path, ownRules }) => ownRules.map(one => ({ ...one, path })))
  const problems: ConfigProblem[] = []
  let unread = 0
  if (operands.length > 0) {
    found.length = 0
    const { rulesInFile } = await import('../ruleset/rule-file.ts')
    for (const operand of operands) {
      const absolute = resolve(streams.cwd, operand)
      const path = shownPath(absolute, streams.cwd)
      const text = readText(absolute)
      if ('error' in text) {
        talk(streams, `${path}: ${text.error}`)
        unread++
        continue
      }
      const file = rulesInFile(text.text, path)
      for (const [name, act] of file.acts) acts.set(name, act)
      problems.push(...file.problems)
      found.push(...file.rules.map(one => ({ ...one, path })))
    }
  }
  const { validateRule } = await import('../ruleset/validate.ts')
  const given: Given[] = []
  for (const { value, at, path } of found) {
    const { rule, problems: wrong } = validateRule(value, path, acts.keys())
    problems.push(...wrong.map(message => ({ path, at, message })))
    if (rule) given.push({ rule, path, line: at.line })
  }
  if (problems.length > 0)
    throw usageError(
      ...problems.map(({ path, at, message }) => `${path}:${at.line}:${at.column}: ${message}`),
    )
  return { given, unread }
}

/** Runs one example with this rule alone. What is marked must be found there, with its verdict, and nothing else. */
async function testExample(
  lint: typeof Lint,
  rule: Rule,
  kind: 'bad' | 'good',
  { title, format, verdict, playbook }: Example,
  settings: { acts: ReadonlyMap<string, OwnAct>; roots: Root[] },
  faults: LintFault[],
): Promise<TestedExample & { fired: boolean }> {
  const path = format === 'markdown' ? 'example.md' : 'example.yaml'
  const due: string = verdict ?? 'violated'
  // An example stands in no file of the team: it is meant to be where the rule applies.
  const { paths: _, ...applies } = rule.applies ?? {}
  const anywhere = rule.applies ? { ...rule, applies } : rule
  const linted = await lint([{ path, text: playbook, named: true }], { ...settings, rules: [anywhere] })
  faults.push(...linted.faults)
  const { findings, notRead } = linted.result
  const wrong = notRead.map(({ reason }) => `it could not be read: ${reason}`)
  const found = findings.filter(finding => finding.rule === rule.id)
  for (const { rule: id, range, message } of findings)
    if (id !== rule.id) wrong.push(`line ${range.start.line}: ${message}`)
  const marked = kind === 'bad' ? markedLines(playbook) : []
  if (kind === 'bad' && marked.length === 0)
    wrong.push(
      'no line is marked; end the line on which a finding is due in "# <-", in Markdown in "<!-- <- -->"',
    )
  const lines = new Set(found.map(finding => finding.range.start.line))
  for (const line of marked)
    if (!lines.has(line)) wrong.push(`nothing is found in line ${line}, which is marked`)
  for (const finding of found) {
    const { line } = finding.range.start
    if (!marked.includes(line)) wrong.push(`line ${line} is not marked, but: ${finding.message}`)
    else if (finding.verdict !== due)
      wrong.push(`line ${line} is ${finding.verdict}, expected ${due}: ${finding.message}`)
  }
  return { kind, title, wrong, fired: found.length > 0 }
}

/** The lines, counted from 1, that end in the mark of a finding that is due. */
function markedLines(playbook: string): number[] {
  return playbook.split('\n').flatMap((line, i) => {
    const text = line.trimEnd()
    return text.endsWith('# <-') || text.endsWith('<!-- <- -->') ? [i + 1] : []
  })
}
