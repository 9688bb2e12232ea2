import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],

    globalSetup: ['tests/harness/global-setup.ts'],
    pool: 'forks',
    /** A slow machine is no failure; what is to be fast is measured by the bench. */
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
