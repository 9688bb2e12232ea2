import { defineConfig } from '@playwright/test'

/**
 * Three projects in real Electron: `shell` for what only the shell can show, `ui` for the clerk's way, and
 * `screens`, which takes the pictures. Each test has its own data folder; two at a time fit two cores.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './tests/harness/setup.ts',
  fullyParallel: false,
  forbidOnly: true,
  workers: 2,
  // Tried once more, from a fresh data folder, and said at the end; see electron/start/count.mjs.
  retries: 1,
  // A slow machine is no failure: what is to be fast is measured by the bench.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: process.env.ALLMEND_REPORT
    ? [['list'], ['json', { outputFile: process.env.ALLMEND_REPORT }]]
    : [['list']],
  projects: [
    { name: 'shell', testMatch: 'shell/**/*.spec.ts' },
    { name: 'ui', testMatch: 'ui/**/*.spec.ts', testIgnore: 'ui/screens.spec.ts' },
    { name: 'screens', testMatch: 'ui/screens.spec.ts' },
  ],
})
