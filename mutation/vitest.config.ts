// Tests as mutation testing wants them: short files first, because one failing test is enough; no parallel ones.
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

const LONG = ['primitives', 'verify', 'rules']
const rank = (file: string) => LONG.findIndex(name => file.endsWith(`/${name}.test.ts`))

class ShortFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    return [...files].sort((a, b) => rank(a.moduleId) - rank(b.moduleId))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    testTimeout: 600_000,
    maxWorkers: 1,
    sequence: { sequencer: ShortFirst },
  },
})
