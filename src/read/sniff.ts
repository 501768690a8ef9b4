// What kind of text a file holds: told by its content where that leaves no doubt, else by the ending of its name.

/** `data` is YAML or JSON of whatever shape. */
export type Kind = 'markdown' | 'mermaid' | 'data'

const ENDINGS: readonly [RegExp, Kind][] = [
  [/\.(?:mmd|mermaid)$/i, 'mermaid'],
  [/\.(?:ya?ml|json|jsonc)$/i, 'data'],
  [/\.(?:md|markdown|mdown|mkdn?|mdx|rmd|qmd)(?:\.[a-z]{1,8})?$/i, 'markdown'],
]

/** How many lines are looked at to tell YAML from prose. */
const LOOKED_AT = 40

/** Tells what a file is. Anything that looks like nothing else is Markdown, for so is plain prose. O(its first lines), mostly. */
export function sniff(path: string, text: string): Kind {
  const byEnding = ENDINGS.find(([ending]) => ending.test(path))?.[1]
  if (byEnding === 'mermaid' || byEnding === 'data') return byEnding
  if (/^\s*\{\s*(?:"|\})/.test(text)) return 'data'
  if (byEnding === 'markdown') return isOwnYaml(text) ? 'data' : 'markdown'
  if (/^\s*\[\s*(?:[{"[]|\])/.test(text)) return 'data'
  if (
    /^(?:\s*%%[^\n]*\n)*\s*(?:(?:graph|flowchart)[ \t]+(?:TB|TD|BT|LR|RL)\b|stateDiagram(?:-v2)?\s)/.test(
      text,
    )
  )
    return 'mermaid'
  return isYaml(text) ? 'data' : 'markdown'
}

/** A playbook in YAML whatever its ending: it starts with a key, and has ours at the left margin. */
function isOwnYaml(text: string): boolean {
  if (!/^["']?steps["']?[ \t]*:/m.test(text) || !/^["']?playbook["']?[ \t]*:/m.test(text)) return false
  return isYaml(text)
}

const KEY = /^(?:"[^"\n]{1,80}"|'[^'\n]{1,80}'|[A-Za-z_$][\w.$-]{0,80})[ \t]*:(?:\s|$)/

/** The first lines at the left margin are keys, list items under keys, or comments, and there is a key. */
function isYaml(text: string): boolean {
  const { head, rest } = frontMatter(text)
  // Front matter is a YAML document; it is the words behind it that make a page of it.
  if (rest !== undefined && !hasSteps(head) && !looksLikeYaml(rest)) return false
  return looksLikeYaml(head)
}

function hasSteps(head: string): boolean {
  return /^["']?steps["']?[ \t]*:/m.test(head)
}

function looksLikeYaml(text: string): boolean {
  let keys = 0
  for (const line of firstLines(text)) {
    if (/^(?:\s|#|---|\.\.\.|%|[\]}])/.test(line) || line === '') continue
    if (KEY.test(line)) keys++
    else if (keys === 0 || !/^-(?:\s|$)/.test(line)) return false
  }
  return keys > 0
}

function firstLines(text: string): string[] {
  const lines: string[] = []
  for (let from = 0; from < text.length && lines.length < LOOKED_AT; ) {
    const newline = text.indexOf('\n', from)
    const to = newline === -1 ? text.length : newline
    lines.push(text.slice(from, Math.min(to, from + 200)).trimEnd())
    from = to + 1
  }
  return lines
}

/** A text that starts with `---` and has another such line: what stands between, and what comes after. */
function frontMatter(text: string): { head: string; rest?: string } {
  if (!/^---[ \t]*\r?\n/.test(text)) return { head: text }
  const close = /\n---[ \t]*(?:\r?\n|$)/.exec(text)
  return close
    ? { head: text.slice(0, close.index + 1), rest: text.slice(close.index + close[0].length) }
    : { head: text }
}
