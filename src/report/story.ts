// The stories the rules grew out of, each in one line.
import type { Rule } from '../model/rule.ts'
import { safeText } from './safe.ts'

const STORIES: Readonly<Record<string, string>> = {
  S0: 'The handbook that would not let a caller go: keeping a customer is fair, refusing to cancel is not',
  S1: 'A complaint is a gift: listen, blame nobody, ask what would help, come back with an answer',
  S2: 'Twenty minutes of menus, and only then "our system is down": be honest first, and reachable',
  S3: 'Full of sympathy but not authorised: let the people in front put it right',
}

/** The first story that asks for a rule (`S0`); empty for rules that no story asks for. */
export function storyOf({ story }: Rule): string {
  return /^[^,;\s]+/.exec(story ?? '')?.[0] ?? ''
}

export function storyTitle(story: string): string {
  if (story === '') return 'What makes a script a script: sound, complete, and honestly read'
  return Object.hasOwn(STORIES, story) ? `${story}: ${STORIES[story]!}` : safeText(story)
}
