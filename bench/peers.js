// Other linters on the same Markdown, if they are installed: they are no dependencies. `PEERS=FOLDER` says where.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ESLINT = at => `import markdown from ${JSON.stringify(at)}
export default [{ files: ['**/*.md'], plugins: { markdown }, language: 'markdown/commonmark', rules: markdown.configs.recommended[0].rules }]
`

/** Rows for `table`, and the names of those that are not there. `here` holds the files; settings go into `settings`. */
export function peers(here, settings) {
  const modules = join(process.env.PEERS ?? process.cwd(), 'node_modules')
  mkdirSync(settings, { recursive: true })
  const config = join(settings, 'eslint.config.mjs')
  writeFileSync(config, ESLINT(join(modules, '@eslint/markdown/dist/index.js')))
  const all = [
    ['markdownlint-cli2', 'markdownlint-cli2/markdownlint-cli2-bin.mjs', [`${here}/*.md`]],
    [
      'remark-cli, preset lint-recommended',
      'remark-cli/cli.js',
      [here, '--use', join(modules, 'remark-preset-lint-recommended/index.js'), '--quiet', '--no-stdout'],
    ],
    ['eslint, @eslint/markdown', 'eslint/bin/eslint.js', ['--no-config-lookup', '--config', config, here]],
    [
      'textlint, one rule',
      'textlint/bin/textlint.js',
      ['--rules-base-directory', modules, '--rule', 'no-todo', here],
    ],
  ]
  const rows = []
  const missing = []
  for (const [what, bin, args] of all) {
    if (existsSync(join(modules, bin))) rows.push({ what, args: [join(modules, bin), ...args] })
    else missing.push(what)
  }
  return { rows, missing }
}
