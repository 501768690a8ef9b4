// `wayout rules` and `wayout explain`: the catalogue as it holds here, and one rule of it in full.
import { unknownRule } from '../ruleset/effective.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { findProject } from './project.ts'
import { colours, columnsOf, formatAmong } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import type { Streams } from './streams.ts'
import { version } from './version.ts'

const FORMATS = ['text', 'json']

/** `wayout rules`: all rules of the catalogue, with their severity here. */
export async function runRules(options: Options, streams: Streams): Promise<ExitCode> {
  const format = formatAmong('rules', options, FORMATS)
  const project = await findProject(streams.cwd, options.config)
  const { catalogue, rules } = await rulesHere(project, streams.cwd, options)
  const severities = new Map(rules.map(({ id, severity }) => [id, severity]))
  const all = [...catalogue.rules.values()]
  const { rulesJson, rulesText } = await import('../report/rules.ts')
  const text =
    format === 'json'
      ? rulesJson(all, version(), severities)
      : rulesText(all, {
          severities,
          colour: await colours(streams, options['no-color']),
          columns: columnsOf(streams),
        })
  streams.stdout.write(text)
  return EXIT.ok
}

/** `wayout explain ID`: with the parameters and the severity that it has here. */
export async function runExplain(id: string, options: Options, streams: Streams): Promise<ExitCode> {
  const format = formatAmong('explain', options, FORMATS)
  const project = await findProject(streams.cwd, options.config)
  const { catalogue, rules } = await rulesHere(project, streams.cwd, options)
  const rule = rules.find(one => one.id === id) ?? catalogue.rules.get(id)
  if (!rule) throw usageError(unknownRule(id, catalogue.rules))
  const severities = new Map(rules.map(one => [one.id, one.severity]))
  const { explainJson, explainText } = await import('../report/rules.ts')
  const text =
    format === 'json'
      ? explainJson(rule, version(), severities)
      : explainText(rule, {
          severities,
          colour: await colours(streams, options['no-color']),
          columns: columnsOf(streams),
        })
  streams.stdout.write(text)
  return EXIT.ok
}
