import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],

    globalSetup: ['tests/harness/global-setup.ts'],
    pool: 'forks',
    /** Most of a test waits for a server: one process for each of two cores keeps both busy. */
    maxWorkers: 2,
    /** A slow machine is no failure; what is to be fast is measured by the bench. */
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
