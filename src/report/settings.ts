// `wayout lint --print-config FILE`: what holds for a file, and where each of it was said.
import type { Severity } from '../model/finding.ts'
import type { Colour } from './context.ts'
import { severityPaint } from './label.ts'
import { hang, pad, width, wrap } from './layout.ts'
import { printed, safeJson, safeText } from './safe.ts'

/** `from`: "wayout.yaml:3:5", "by default", a flag. */
export type Setting = { name: string; value: unknown; from: string }
export type RuleSetting = { id: string; severity: Severity | 'off'; from: string; parameters: Setting[] }

export type FileSettings = {
  file: string
  /** The configuration files, those that are extended first. */
  configs: readonly string[]
  settings: readonly Setting[]
  rules: readonly RuleSetting[]
}

export function settingsJson({ file, configs, settings, rules }: FileSettings, version: string): string {
  const named = (list: readonly Setting[]) =>
    Object.fromEntries(list.map(({ name, value, from }) => [name, { value: value ?? null, from }]))
  return `${safeJson({
    version: 1,
    tool: { name: 'wayout', version },
    file,
    configs,
    settings: named(settings),
    rules: rules.map(rule => ({ ...rule, parameters: named(rule.parameters) })),
  })}\n`
}

/** `untold`: where a rule comes from that is off because nobody named it; these are told in one line. */
export function settingsText(
  { file, configs, settings, rules }: FileSettings,
  { colour, columns, untold }: { colour: Colour; columns: number; untold: string },
): string {
  const told = rules.filter(({ from }) => from !== untold)
  const left = Math.max(...settings.map(({ name }) => name.length), 8) + 1
  const most = Math.max(...told.map(({ id }) => id.length), 0) + 2
  const line = (head: string, words: string, from: string) =>
    hang(
      head,
      wrap(
        [{ text: words }, { text: safeText(from), paint: colour.dim, apart: true }],
        columns - width(head),
      ),
    )
  const idle = rules.filter(({ from }) => from === untold).map(({ id }) => safeText(id))
  return printed([
    colour.bold(safeText(file)),
    ...hang(
      pad('from', left),
      wrap(
        [{ text: configs.length > 0 ? configs.map(safeText).join(', ') : 'no configuration' }],
        columns - left,
      ),
    ),
    ...settings
      .filter(({ value }) => value !== undefined)
      .flatMap(({ name, value, from }) => line(colour.cyan(pad(safeText(name), left)), wordsOf(value), from)),
    '',
    ...told.flatMap(({ id, severity, from, parameters }) => [
      ...line(`${painted(severity, colour)} ${pad(safeText(id), most)}`, '', from),
      ...parameters.flatMap(one =>
        line(' '.repeat(11), `${safeText(one.name)}: ${wordsOf(one.value)}`, one.from),
      ),
    ]),
    '',
    ...(idle.length > 0 ? wrap([{ text: `off, ${untold}: ${idle.join(', ')}` }], columns) : []),
  ])
}

function painted(severity: Severity | 'off', colour: Colour): string {
  const text = pad(severity, 8)
  return severity === 'off' ? colour.dim(text) : severityPaint(severity, colour)(text)
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(wordsOf).join(', ')
  return safeText(typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value))
}
