// Every fixture of the YAML reader: valid ones are read without a problem, mistakes give the problems they announce.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readYaml } from './index.ts'

const folder = new URL('../../../fixtures/read/yaml/', import.meta.url)

function files(kind: string): [name: string, text: string][] {
  return readdirSync(new URL(`${kind}/`, folder)).map(name => [
    name,
    readFileSync(new URL(`${kind}/${name}`, folder), 'utf8'),
  ])
}

/** A fixture announces its problems on lines `# expect LINE:COLUMN [RULE] MESSAGE` and `# failure KIND`. */
function announced(text: string, word: string): string[] {
  return text
    .split('\n')
    .filter(line => line.startsWith(`# ${word} `))
    .map(line => line.slice(word.length + 3))
}

describe('valid playbooks', () => {
  it.each(files('valid'))('%s is read without a problem', (name, text) => {
    const document = readYaml(name, text)
    expect(document.problems).toEqual([])
    expect(document.failure).toBeUndefined()
    expect(document.playbooks.length).toBeGreaterThan(0)
  })
})

describe.each(['mistakes', 'reader-only'])('%s', kind => {
  it.each(files(kind))('%s is reported as it announces', (name, text) => {
    const document = readYaml(name, text)
    const told = document.problems.map(({ rule, message, range: { start } }) => {
      return `${start.line}:${start.column} ${rule === 'syntax' ? '' : `${rule} `}${message}`
    })
    expect(told).toEqual(announced(text, 'expect'))
    expect(document.failure ? [document.failure.kind] : []).toEqual(announced(text, 'failure'))
  })
})
