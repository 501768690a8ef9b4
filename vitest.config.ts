// Tests live beside what they test; a step limit guards against a hang, no test measures time.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['src/**/*.test.ts', 'evaluate/**/*.test.js'], testTimeout: 60_000, maxWorkers: 2 },
})
