// What `wayout init` writes: the configuration with its explanations, an example that passes, jobs for pull requests.

export type Ci = 'github' | 'gitlab' | 'none'

/** `wayout.yaml` for playbooks in a folder. */
export function configText(folder: string): string {
  return `# Settings of wayout. Every key is explained by: wayout lint --help, wayout rules, wayout explain RULE
# yaml-language-server: $schema=node_modules/wayout/schema/config.schema.json

# What is checked where the command line names nothing.
paths:
  - ${JSON.stringify(folder)}

# Which rules are on. "wayout rules" lists them; add "pedantic" for all, or a pack of a law that holds for you.
packs:
  - recommended

# How strict each rule is here: off, info, warning or error; some have parameters ("wayout explain hold-bounded").
# rules:
#   retention-offers-bounded: warning
#   hold-bounded:
#     max: 3 min

# From which severity on a run fails: error (the default), warning, info or never.
# On a legacy repository begin with never, repair, then tighten.
fail-on: error

# What a search leaves out, besides what .gitignore says.
# ignore:
#   - "archive/**"

# Other settings for some files; the last that matches wins.
# overrides:
#   - files: ["drafts/**"]
#     rules:
#       links-resolve: off
`
}

/** A playbook that lets its members go. */
export const EXAMPLE = `---
playbook: Cancel a membership
language: en
channel: chat
---

# Cancel a membership

## Welcome

> Hello, this is Iron Hall. How can I help you?

- If the customer wants to cancel: go to [One question](#one-question)
- If the customer wants to complain or asks for a refund: go to [Complaints and refunds](#complaints-and-refunds)
- If the customer asks for a supervisor: go to [Supervisor](#supervisor)
- Otherwise: go to [Other questions](#other-questions)

## One question

> Of course. You need not say, but may I ask why you are leaving?

- If the customer would rather not say: go to [Cancelled](#cancelled)
- If the customer asks for a supervisor: go to [Supervisor, to cancel](#supervisor-to-cancel)
- Otherwise: go to [Cancelled](#cancelled)

## Cancelled

> I have cancelled your membership as of today. You will get a confirmation by e-mail.

End: cancelled

## Supervisor, to cancel

> I will put you through to my supervisor now, who cancels it for you right away.

Go to [Cancelled](#cancelled).

## Complaints and refunds

> I am sorry to hear that, thank you for telling us. What would you like us to do about it?

Write the complaint into the complaints log.

> I am refunding this month to you now, and we will call you back with an answer within two working days.

Go to [Goodbye](#goodbye).

## Supervisor

> I will put you through to my supervisor now.

End: handed off

## Other questions

> Let me look that up for you.

Go to [Goodbye](#goodbye).

## Goodbye

> How did I do today?

- If the customer asks for a supervisor: go to [Supervisor](#supervisor)
- If the customer answers: thank them. End: resolved
- Otherwise: End: resolved
`

/** The file of a job and its text; \`has\` says whether a path exists here. */
export const CI_FILES: Readonly<
  Record<Exclude<Ci, 'none'>, (has: (path: string) => boolean) => [path: string, text: string]>
> = {
  github: () => ['.github/workflows/wayout.yml', GITHUB],
  // A pipeline that is there is not touched: the job stands beside it, to be included.
  gitlab: has => [has('.gitlab-ci.yml') ? 'wayout.gitlab-ci.yml' : '.gitlab-ci.yml', GITLAB],
}

// Both run the wayout that package.json names, at the version of its lock file; "--no": nothing is fetched instead.
const GITHUB = `# Checks the playbooks of every pull request; findings stand beside the lines they are about.
name: wayout
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  wayout:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npx --no -- wayout lint --format github --format html=wayout.html
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: wayout
          path: wayout.html
          if-no-files-found: ignore
`

const GITLAB = `# Checks the playbooks of every merge request; findings stand in its Code Quality widget.
wayout:
  image: node:22-alpine
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - npm ci
    - npx --no -- wayout lint --format pretty --format gitlab=gl-code-quality-report.json --format html=wayout.html
  artifacts:
    when: always
    paths: [wayout.html]
    reports:
      codequality: gl-code-quality-report.json
`
