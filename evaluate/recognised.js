// What wayout recognises in labelled sentences: each is a step (or a condition) of a playbook in its language.
import { link } from '../dist/flow/link.js'
import { excerptAt } from '../dist/model/position.js'
import { openLexicon, recognise } from '../dist/recognise/index.js'
import { compiledLexicon } from '../dist/ruleset/lexicons.js'

/**
 * For each sentence the acts found in it, `{ act, evidence, phrase }`; the chooser of a condition is found as
 * `chooser:NAME`. They go through the linker and the recogniser as the steps of a real playbook do.
 */
export async function recognisedIn(sentences) {
  const playbooks = new Map()
  for (const sentence of sentences) {
    const known = playbooks.get(sentence.language)
    if (known) known.push(sentence)
    else playbooks.set(sentence.language, [sentence])
  }
  const found = new Map()
  for (const [language, all] of playbooks) {
    const lexicon = openLexicon(await compiledLexicon(language))
    const flow = recognise(link([documentOf(language, all)]), new Map([[language, lexicon]]))
    for (const [i, sentence] of all.entries()) found.set(sentence, actsOf(flow, i))
  }
  return found
}

function actsOf({ steps, transitions }, index) {
  const step = steps[index]
  const way = step.transitions.length > 0 ? transitions[step.transitions[0]] : null
  const acts = [...step.acts, ...(way?.acts ?? [])].map(({ act, evidence, phrase }) => ({
    act,
    evidence,
    phrase,
  }))
  if (way && way.chooser !== 'unknown')
    acts.push({ act: `chooser:${way.chooser}`, evidence: way.chooserEvidence, phrase: way.chooserPhrase })
  return acts
}

function documentOf(language, sentences) {
  const point = { line: 1, column: 1 }
  const range = { start: point, end: point }
  const steps = sentences.map(({ voice, text }, i) => {
    const words = excerptAt(text, point)
    // An outcome from which nothing is concluded about the words (after a yes to an offer, "kept" would be).
    const way = { range, kind: 'go', when: words, outcome: 'handed-off' }
    return {
      id: `sentence-${i}`,
      title: '',
      range,
      texts: voice === 'when' ? [] : [{ voice, ...words }],
      transitions: voice === 'when' ? [way] : [],
    }
  })
  const playbook = { title: '', range, language, channels: [], starts: [], facts: new Map(), steps }
  return {
    path: language,
    format: 'yaml',
    playbooks: [playbook],
    problems: [],
    unread: [],
    anchors: new Map(),
    comments: [],
  }
}
