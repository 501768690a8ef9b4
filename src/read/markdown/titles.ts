// What a playbook is called, and the headings that say when it applies.
import type { Text } from '../../model/playbook.ts'
import { labelOfLine } from './labels.ts'
import { cut, flat, lowOf, textOf } from './line.ts'
import type { Section } from './outline.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './playbooks.ts'

const GENERIC =
  /^(?:\W*)(?:workflow|process|steps|procedure|how to|how it works|instructions|resolution|what to do|solution|the process|handling|guidelines|process steps|action|actions|next steps)\b/
/** Nothing but the word for a procedure: "Closing steps", "The process". */
const BARE =
  /^\W*(?:the )?(?:[\w-]+ )?(?:workflow|process|steps|procedure|instructions|resolution|solution|what to do|handling|actions?)\W*$/
const NO_TOPIC = /^\W*(?:overview|introduction|contents|on this page|summary|general)\b/

/** The heading above one that says only that a procedure follows: "Closing steps" below "Lost cards". */
function topicOf({ top }: Plan): Section | null {
  const above = top.parent
  if (!above || above.level === 0 || !BARE.test(lowOf(top.title))) return null
  const over = lowOf(above.title)
  return NO_TOPIC.test(over) || BARE.test(over) ? null : above
}

/** The headings that say when a procedure applies: its own, and the one above where its own says nothing. */
export function triggerTitles(plan: Plan, { words }: PlanContext): Text[] {
  const titles: Text[] = []
  const { top } = plan
  if (top.level === 0) return titles
  const topic =
    topicOf(plan) ??
    (GENERIC.test(lowOf(top.title)) && top.parent && top.parent.level > 1 ? top.parent : null)
  if (topic) titles.push(textOf(topic.title, 'trigger'))
  const label = labelOfLine(top.title, words)
  titles.push(textOf(label ? cut(top.title, label.at) : top.title, 'trigger'))
  return titles.filter(text => text.text !== '')
}

export function titleOfPlan(plan: Plan, context: PlanContext): string {
  const topic = topicOf(plan)
  if (topic) return `${flat(topic.title)}: ${flat(plan.top.title)}`
  if (plan.top.level > 0) return flat(plan.top.title)
  return (
    context.head?.title ??
    (flat(context.page.root.children[0]?.title ?? plan.top.title) || nameOf(context.path))
  )
}

export function nameOf(path: string): string {
  return (path.split('/').pop() ?? path).replace(/(?:\.html)?\.(?:md|markdown)(?:\.erb)?$/i, '')
}
