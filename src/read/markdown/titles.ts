// What a playbook is called, and the headings that say when it applies.
import type { Text } from '../../model/playbook.ts'
import { labelOfLine } from './labels.ts'
import { cut, flat, lowOf, textOf } from './line.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './playbooks.ts'

const GENERIC =
  /^(?:\W*)(?:workflow|process|steps|procedure|how to|how it works|instructions|resolution|what to do|solution|the process|handling|guidelines|process steps|action|actions|next steps)\b/

/** The headings that say when a procedure applies: its own, and the one above where its own says nothing. */
export function triggerTitles(plan: Plan, { words }: PlanContext): Text[] {
  const titles: Text[] = []
  const { top } = plan
  if (top.level === 0) return titles
  if (GENERIC.test(lowOf(top.title)) && top.parent && top.parent.level > 1)
    titles.push(textOf(top.parent.title, 'trigger'))
  const label = labelOfLine(top.title, words)
  titles.push(textOf(label ? cut(top.title, label.at) : top.title, 'trigger'))
  return titles.filter(text => text.text !== '')
}

export function titleOfPlan(plan: Plan, context: PlanContext): string {
  if (plan.top.level > 0) return flat(plan.top.title)
  return (
    context.head?.title ??
    (flat(context.page.root.children[0]?.title ?? plan.top.title) || nameOf(context.path))
  )
}

export function nameOf(path: string): string {
  return (path.split('/').pop() ?? path).replace(/(?:\.html)?\.(?:md|markdown)(?:\.erb)?$/i, '')
}
