// The public labelled sets: where they are, and what their labels say in wayout's words. Nothing of them is in this repository.
import { parseCsv } from './csv.js'

/**
 * `labels` gives the labels of an entry (`?` arguable, none: an ordinary sentence), or null to leave it out; only `judged`
 * acts are looked at, as the sets say nothing about the others. Rows are counted from 1, as they stand in the file.
 */
export const PUBLIC_SETS = [
  {
    name: 'bitext',
    repository: 'sanayech/finalproject',
    commit: '204ba9f9098c',
    files: ['Bitext_Sample_Customer_Service_Training_Dataset.csv'],
    licence: 'CDLA-Sharing-1.0',
    voice: 'hear',
    judged: ['cancel-request', 'human-request', 'complaint', 'signup-start'],
    entries: text =>
      parseCsv(text, ',').map(({ line, cells }) => ({ line, text: cells.utterance, label: cells.intent })),
    labels: ({ label }) => BITEXT[label?.trim()] ?? [],
  },
  {
    name: 'clinc150',
    repository: 'clinc/oos-eval',
    commit: '828f8093932c',
    files: ['data/data_full.json'],
    licence: 'CC BY 3.0',
    voice: 'hear',
    judged: ['cancel-request'],
    entries: text => JSON.parse(text).train.map(([words, label], i) => ({ line: i + 1, text: words, label })),
    // "cancel" means "never mind" there.
    labels: ({ label }) => (label === 'cancel_reservation' ? ['cancel-request'] : []),
  },
  {
    name: 'banking77',
    repository: 'PolyAI-LDN/task-specific-datasets',
    commit: '57ec275d8078',
    files: ['banking_data/train.csv'],
    licence: 'CC BY 4.0',
    voice: 'hear',
    judged: ['cancel-request'],
    entries: text =>
      parseCsv(text, ',').map(({ line, cells }) => ({ line, text: cells.text, label: cells.category })),
    labels: ({ label }) =>
      label === 'terminate_account'
        ? ['cancel-request']
        : label === 'cancel_transfer'
          ? ['?cancel-request']
          : [],
  },
  {
    name: 'nlupp',
    repository: 'PolyAI-LDN/task-specific-datasets',
    commit: '57ec275d8078',
    files: Array.from({ length: 20 }, (_, i) => `nlupp/data/banking/fold${i}.json`),
    licence: 'CC BY 4.0',
    voice: 'hear',
    judged: ['cancel-request', 'human-request'],
    entries: text =>
      JSON.parse(text).map(({ text: words, intents = [] }, i) => ({ line: i + 1, text: words, intents })),
    labels({ intents }) {
      const labels = intents.includes('handoff') ? ['human-request'] : []
      // Cards are frozen and payments cancelled under the same intent: only an account is what somebody leaves.
      if (intents.includes('cancel_close_leave_freeze'))
        labels.push(intents.includes('account') ? 'cancel-request' : '?cancel-request')
      return labels
    },
  },
  {
    name: 'ec-darkpattern',
    repository: 'yamanalab/ec-darkpattern',
    commit: '85ea9df31928',
    files: ['dataset/dataset.tsv'],
    licence: 'Apache-2.0',
    voice: 'say',
    judged: ['confirmshaming'],
    entries: text =>
      parseCsv(text, '\t').map(({ line, cells }) => ({
        line,
        text: cells.text,
        label: cells['Pattern Category'],
        page: Number(cells.page_id),
      })),
    labels({ label, page, text }) {
      // The odd pages are kept for others to measure with.
      if (page % 2 === 1) return null
      if (label !== 'Misdirection') return []
      return [/^\W*no\b/i.test(text) ? 'confirmshaming' : '?confirmshaming']
    },
  },
  {
    name: 'justdelete.me',
    repository: 'jdm-contrib/jdm',
    commit: '4762ba504d84',
    files: ['_data/sites.json'],
    licence: 'MIT',
    voice: 'say',
    judged: ['cancellation-refusal'],
    entries: text =>
      JSON.parse(text).map(({ notes, difficulty }, i) => ({ line: i + 1, text: notes, label: difficulty })),
    // A weak label: what is impossible is said in many ways, and not always in the note.
    labels: ({ label }) =>
      label === 'impossible'
        ? ['cancellation-refusal']
        : label === 'limited'
          ? ['?cancellation-refusal']
          : [],
  },
]

const BITEXT = {
  cancel_order: ['cancel-request'],
  delete_account: ['cancel-request'],
  check_cancellation_fee: ['?cancel-request'],
  newsletter_subscription: ['?cancel-request', '?signup-start'],
  contact_human_agent: ['human-request'],
  contact_customer_service: ['?human-request'],
  complaint: ['complaint'],
  payment_issue: ['?complaint'],
  review: ['?complaint'],
  registration_problems: ['?complaint', '?signup-start'],
  create_account: ['signup-start'],
  switch_account: ['?signup-start', '?cancel-request'],
}

/** The sentences of one file of a set. */
export function sentencesOf(set, file, text) {
  return set.entries(text).flatMap(entry => {
    const labels = entry.text ? set.labels(entry) : null
    if (labels === null) return []
    const arguable = labels.filter(label => label.startsWith('?')).map(label => label.slice(1))
    return {
      path: `${set.repository}/${file}`,
      line: entry.line,
      column: 1,
      group: set.name,
      language: 'en',
      voice: set.voice,
      text: entry.text,
      asserted: new Set(labels.filter(label => !label.startsWith('?'))),
      denied: new Set(),
      arguable: new Set(arguable),
      judged: new Set(set.judged),
    }
  })
}
