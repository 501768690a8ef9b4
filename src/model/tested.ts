// What `wayout test` finds out about a team's own rules: whether their examples behave as they are marked.

export type TestedExample = {
  kind: 'bad' | 'good'
  title: string
  /** What is not as marked, one line each; empty if all is. */
  wrong: string[]
}

/** `fires`: whether some bad example yields a finding of the rule. */
export type TestedRule = { id: string; path: string; line: number; fires: boolean; examples: TestedExample[] }
