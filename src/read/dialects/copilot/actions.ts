// The kinds of actions of a Copilot Studio topic, and the nested lists of a topic laid out flat in the order of the text.
import { type File, rangeOfTree, syntax } from '../file.ts'
import { at, itemsAt, type ListTree, type Tree, textAt } from '../tree.ts'

/**
 * `say`, `ask` (waits for an answer), `card` (a form), `choose` (branches), `each` (a loop over a table), `break`,
 * `continue`, `call` (another topic, and back), `jump` (another topic for good), `goto` (an action of this topic),
 * `return` (ends this topic), `stop` (ends all), `transfer`, `rate`, `sign-in`, `work` (something is done elsewhere),
 * `generate` (words made on the spot), `silent`.
 */
export type Kind =
  | ('say' | 'ask' | 'card' | 'choose' | 'each' | 'break' | 'continue' | 'call' | 'jump' | 'goto' | 'return')
  | ('stop' | 'transfer' | 'rate' | 'sign-in' | 'work' | 'generate' | 'silent')

const KINDS: Record<Kind, string> = {
  say: 'SendActivity SendMessage',
  ask: 'Question',
  card: 'AdaptiveCardPrompt',
  choose: 'ConditionGroup Condition',
  each: 'Foreach',
  break: 'BreakLoop',
  continue: 'ContinueLoop',
  call: 'BeginDialog',
  jump: 'ReplaceDialog',
  goto: 'GotoAction',
  return: 'EndDialog',
  stop: 'EndConversation CancelAllDialogs',
  transfer: 'TransferConversation TransferConversationV2',
  rate: 'CSATQuestion',
  'sign-in': 'OAuthInput SignIn',
  work: `HttpRequestAction InvokeFlowAction InvokeConnectorAction InvokeAIBuilderModelAction InvokeSkillAction
    InvokeExternalAgentTaskAction InvokePromptAction InvokeClientTaskAction SendEvent`,
  generate: 'AnswerQuestionWithAI SearchAndSummarizeContent SearchKnowledgeSources CreateSearchQuery',
  silent: `SetVariable SetTextVariable SetMultipleVariables ParseValue EditTable EditTableV2 ClearAllVariables
    ResetVariable LogCustomTelemetryEvent RecognizeIntent DisableTrigger DeleteActivity UpdateActivity
    GetActivityMembers GetConversationMembers SetLanguage`,
}
const kindOfName = new Map(
  Object.entries(KINDS).flatMap(([kind, names]) => names.split(/\s+/).map(n => [n, kind as Kind] as const)),
)

export type Action = {
  tree: Tree
  id: string
  /** Undefined for a kind wayout does not know. */
  kind: Kind | undefined
  list: ListTree
  index: number
  /** The loop it stands in. */
  loop: Tree | undefined
}

export type Layout = { actions: Action[]; ids: Map<Tree, string> }

/** Lays out all actions below a list, and gives each an id. A list that stands twice (an alias) counts once. Linear. */
export function layOut(file: File, root: ListTree): Layout {
  const layout: Layout = { actions: [], ids: new Map() }
  const stack: { list: ListTree; next: number; loop: Tree | undefined }[] = []
  const seen = new Set<Tree>([root])
  stack.push({ list: root, next: 0, loop: undefined })
  while (stack.length > 0) {
    const frame = stack.at(-1)!
    const index = frame.next++
    const tree = frame.list.items[index]
    if (!tree) {
      stack.pop()
      continue
    }
    const name = textAt(tree, 'kind')
    if (name === undefined) {
      syntax(file, 'an action without a kind is left out', rangeOfTree(file, tree))
      continue
    }
    if (seen.has(tree)) continue
    seen.add(tree)
    const kind = kindOfName.get(name)
    const id = textAt(tree, 'id') ?? `${name}_${layout.actions.length}`
    layout.actions.push({ tree, id, kind, list: frame.list, index, loop: frame.loop })
    const lists = listsIn(tree).filter(list => !seen.has(list))
    for (const list of lists.reverse()) {
      seen.add(list)
      stack.push({ list, next: 0, loop: kind === 'each' ? tree : frame.loop })
    }
  }
  return layout
}

/** The lists of actions inside an action, in the order of the text. */
function listsIn(tree: Tree): ListTree[] {
  const inner = [
    ...itemsAt(tree, 'conditions').map(c => at(c, 'actions')),
    at(tree, 'elseActions'),
    at(tree, 'actions'),
  ]
  return inner.filter(list => list?.kind === 'list')
}
