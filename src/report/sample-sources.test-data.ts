// For tests only: the playbooks of a gym and a newspaper as their files stand.
import type { Range } from '../model/position.ts'

export const GYM = 'playbooks/gym.yaml'
export const NEWSPAPER = 'playbooks/newspaper.md'

export const SOURCES: Readonly<Record<string, string>> = {
  [GYM]: `playbook: Leave Iron Hall
channel: phone
steps:
  greeting:
    title: Greeting
    say: Thank you for calling Iron Hall, the gym that never sleeps. How can I help?
    next:
      - customer: wants to end the membership
        go: offer
      - otherwise: anything else
        go: desk
  offer:
    title: First offer
    say: Before you go, I could give you half price for three months. Would that help?
    next:
      - customer: accepts
        end: kept
      - customer: declines
        go: pause
  pause:
    title: Pause instead
    say: Then let me pause the membership. You pay nothing for two months and keep your locker.
    next:
      - customer: agrees
        end: kept
      - agent: thinks that the customer can still be won
        go: offer
      - agent: sees no chance
        go: done
  done:
    title: Membership ended
    say: Your membership ends on the last day of this month.
    end: cancelled
  desk:
    title: Front desk
    do: Connect the caller with the front desk.
    end: handed-off
`,
  [NEWSPAPER]: `# Stop the newspaper

## The reader calls

When a reader wants to stop the paper, thank them for reading the Morning Courier.

We could look into what we can do about the price, many readers stay once they hear about the weekend edition for little more than the postage. Then proceed to **Close the subscription**.

## Close the subscription

Stop the delivery and tell the reader the last day.

![Where the button is](button.png)
`,
}

/** The range of the first `words` on the given line. */
export function at(path: string, line: number, words: string): Range {
  const column = SOURCES[path]!.split('\n')[line - 1]!.indexOf(words) + 1
  if (column === 0) throw new Error(`"${words}" does not stand on line ${line} of ${path}`)
  return { start: { line, column }, end: { line, column: column + words.length } }
}
