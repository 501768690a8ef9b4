// What a reader makes of a file: documents, playbooks, steps and transitions, before anything is linked or recognised.
import type { Chooser, Outcome } from './act.ts'
import type { Instead } from './edit.ts'
import type { Excerpt, Range } from './position.ts'

/** `playbook` is wayout's own YAML (or JSON); the others name the notation that was read. */
export type Format =
  | 'yaml'
  | 'markdown'
  | 'mermaid'
  | 'amazon-connect'
  | 'rasa-calm'
  | 'copilot-studio'
  | 'twilio-studio'

export type Channel = 'phone' | 'chat' | 'email' | 'web' | 'app' | 'ivr' | 'in-person'
export const CHANNELS: readonly Channel[] = ['phone', 'chat', 'email', 'web', 'app', 'ivr', 'in-person']

/** One file as read. A file holds one or more playbooks; what was not understood is listed, never dropped. */
export type Document = {
  path: string
  format: Format
  playbooks: Playbook[]
  /** What is wrong with the text as text of its format; becomes findings. */
  problems: Problem[]
  unread: Unread[]
  /** Markdown: from GitHub heading slug (and explicit anchor) to the step one lands on; `step` null: the heading has no steps. */
  anchors: Map<string, { playbook: number; step: string | null }>
  /** Suppression and other comments are kept as they stand, for later stages. */
  comments: Comment[]
  /** Set if no playbook could be read at all: why, in one line. The file then counts as not read (exit code 3). */
  failure?: Failure
  /** Words and variables that other files of the project use by name. A file that only offers has no playbook and no failure. */
  offers?: Offers
}

/** What a file holds for others: texts by the name of their template, and what is known of the variables they test. */
export type Offers = {
  templates: Map<string, { texts: string[]; buttons: Button[] }>
  /** Who sets the variable, if that is certain; `yesNo`: it is true or false. */
  variables: Map<string, { chooser?: Chooser; yesNo: boolean }>
}

/** An answer offered as a button: what it is called, and the variable and value it sets. */
export type Button = { title: string; value: string; variable?: string }

/** `shape` means well-formed YAML or JSON that is no flow format we know: passed over in a searched folder. */
export type Failure = {
  kind: 'shape' | 'syntax' | 'empty' | 'no-steps' | 'too-large' | 'not-text'
  message: string
  range?: Range
}

/** A `wayout…` comment in the text: `<!-- wayout-disable-next-step … -->`, `# wayout-disable-file …`. `text` is without the comment marks. */
export type Comment = { text: string; range: Range }

/** A finding of a reader or of the linker. `rule` is `syntax` unless a catalogue rule covers it (`steps-unique`, `links-resolve`). */
/** `possible`: something that only may be wrong (a flow of another system that is not here). */
export type Problem = {
  rule: string
  message: string
  fix?: string
  range: Range
  step?: string
  possible?: true
  /** A misspelt word in the range (of a link: behind it), and what it can be meant for. */
  instead?: Instead
}

export type Unread = { range: Range; reason: string; text: string }

export type Playbook = {
  title: string
  range: Range
  /** As declared in the head; detection happens later. */
  language?: string
  channels: Channel[]
  /** Where customers come in. The first step if nothing else is declared. One start without channel, or one a channel. */
  starts: Start[]
  /** `entry: true|false` of the head, or what a reader is sure of (a handbook section only linked to: undefined). */
  entry?: boolean
  /** Drawn, not written: a flow of its own, beside which the same story may stand in prose. */
  diagram?: true
  /** Declared facts and their values. */
  facts: Map<string, string[]>
  steps: Step[]
}

/** `range`: where the step is named, if it is. */
export type Start = { step: string; channel?: Channel; range?: Range }

export type Step = {
  /** Unique within its playbook. */
  id: string
  /** What a person would call it; in YAML without a title, the id. */
  title: string
  range: Range
  texts: Text[]
  /** Declared acts replace recognition; an empty list says that there is none; undefined: recognise. */
  declaredActs?: DeclaredAct[]
  /** Acts that are certain from the kind of step alone (a flow tool's "transfer to queue"): in addition to recognition. */
  knownActs?: DeclaredAct[]
  /** The step ends the playbook with this outcome. */
  outcome?: Outcome
  /** Prose simply stops here (end of a section): an end, but nobody said how it ends. */
  impliedEnd?: boolean
  /** Its end is that of the whole conversation (hang up), even in a playbook that was called. */
  endsConversation?: boolean
  /** Goes there and comes back. */
  call?: Target
  transitions: Transition[]
  /** Said or done by a machine, not by a person (a bot's step, a flow tool's block). */
  automated?: boolean
  /** What is said is a macro or template whose words stand elsewhere: its name. */
  wordsElsewhere?: string
  /** References that are no transitions ("see X"): checked by links-resolve, never followed. */
  references?: Target[]
}

/**
 * `say`: said to the customer. `do`: an instruction to the agent. `hear`: the customer's words.
 * `trigger`: a heading or sentence that says when this playbook or section applies ("Cancellations",
 * "When a customer wishes to downgrade"): only acts of customers are recognised in it.
 * `any`: voice unknown.
 */
export type Voice = 'say' | 'do' | 'hear' | 'trigger' | 'any'
/** `forbidden`: it stands under "Never:" or the like, so that what it says must not happen. */
export type Text = Excerpt & { voice: Voice; forbidden?: true }

export type DeclaredAct = { act: string; attributes: Record<string, unknown>; range: Range }

export type Transition = {
  range: Range
  /** `go`: a jump somebody wrote; `next`: the way on without one. (A step's `call` is kept on the step.) */
  kind: 'go' | 'next'
  /** Where it leads; undefined if it ends the playbook (`outcome`) or if the target could not be read. */
  to?: Target
  /** Ends the playbook instead of leading to a step. */
  outcome?: Outcome
  /** The condition, verbatim; undefined if it is taken without one. */
  when?: Excerpt
  /** Taken when no other transition of the step is. */
  otherwise?: boolean
  /** Declared by the author; undefined: recognise from `when`. */
  chooser?: Chooser
  /** A test of declared facts: `{plan: monthly}`. */
  fact?: Map<string, string>
  told?: 'offered' | 'unprompted'
  /** How often it may be taken in one conversation. */
  max?: number
  /** Can be chosen at any time in this step, before anything else. */
  interrupt?: boolean
  declaredActs?: DeclaredAct[]
  /** Not written as a transition but inferred by a reader that may be wrong. */
  uncertain?: boolean
}

/**
 * Where a transition, call or reference points, as written. Exactly one of these shapes:
 * `step` alone: a step id of the same playbook; `playbook` and `step`: a step of another playbook of the same file
 * (readers that split a file into several playbooks); `path` (relative to the file it stands in, `/`-separated;
 * or, where it begins with `/` or a scheme, as a site has it: then the roots of the settings say where that is)
 * with optional `fragment`; `fragment` alone: an id or heading slug looked for in this playbook, then in the file;
 * `title` alone: a playbook or section of the project looked up by its title.
 */
export type Target = {
  /** Verbatim, for messages. */
  text: string
  range: Range
  step?: string
  playbook?: number
  path?: string
  /** `path` was made from a link of a site whose root is not known: that there is no such file says nothing. */
  guessed?: boolean
  fragment?: string
  title?: string
}
