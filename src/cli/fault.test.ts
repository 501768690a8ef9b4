// A fault of wayout is exit code 4, never a pass, and what the other rules found is still reported.
import { expect, test, vi } from 'vitest'
import type { CheckedSettings, Source } from '../index.ts'
import { main } from './main.ts'

let failure: 'of a rule' | 'of the whole' = 'of a rule'

vi.mock('../index.ts', async original => {
  const api = await original<typeof import('../index.ts')>()
  return {
    ...api,
    async checked(sources: Source[], settings: CheckedSettings): ReturnType<typeof api.checked> {
      if (failure === 'of the whole') throw new TypeError('the flow is upside down')
      const { run, flow } = await api.checked(sources, settings)
      const faults = [{ rule: 'no-blame', entry: 'gym.yaml#greeting', error: new RangeError('out of stack') }]
      return { run: { ...run, faults }, flow }
    },
  }
})

const playbook = 'playbook: Leave the gym\nsteps:\n  greeting:\n    say: Hello\n'

async function run() {
  const ran = { code: 0, out: '', err: '' }
  ran.code = await main(['lint', '-', '--stdin-path', 'gym.yaml'], {
    stdin: (async function* () {
      yield playbook
    })(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd: '/',
  })
  return ran
}

test('a rule that throws is named with its playbook, the others still report', async () => {
  failure = 'of a rule'
  const { code, out, err } = await run()
  expect(code).toBe(4)
  expect(out).toContain('ends-declared')
  expect(err).toMatch(/^rule "no-blame" failed to run on gym.yaml#greeting: RangeError: out of stack\n/)
  expect(err).toContain('please report it')
})

test('anything else that throws is told as a fault, with where it happened', async () => {
  failure = 'of the whole'
  const { code, out, err } = await run()
  expect(code).toBe(4)
  expect(out).toBe('')
  expect(err).toMatch(/^TypeError: the flow is upside down\n +at /)
  expect(err).toContain('please report it')
})
