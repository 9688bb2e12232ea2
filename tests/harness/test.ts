/**
 * Playwright's `test`, which says what a failed desk was doing: its page in words, its log, its threads. A machine
 * that nobody can look into leaves nothing else behind.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as plain } from '@playwright/test'
import { type LaunchedDesk, openDesks } from './electron.ts'

/** Of the page and of the log; enough for the last minute. */
const LONGEST_TEXT = 4000
/** A page that does not answer by then will not. */
const ANSWER_WITHIN_MS = 3000

export {
  type ElectronApplication,
  expect,
  type Locator,
  type Page,
  type TestInfo,
} from '@playwright/test'

export const test = plain.extend<{ diagnosis: undefined }>({
  diagnosis: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture asks for
    async ({}, use, info) => {
      await use(undefined)
      if (info.status === info.expectedStatus) return
      for (const desk of openDesks) console.error(await describe(desk))
    },
    { auto: true },
  ],
})

async function describe({ app, page, data }: LaunchedDesk): Promise<string> {
  const text = await Promise.race([
    page
      .locator('body')
      .innerText()
      .catch((error: unknown) => String(error)),
    new Promise<string>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, 'it does not answer')),
  ])
  const { pid, exitCode, signalCode } = app.process()
  const ended = exitCode ?? signalCode
  return [
    `The desk on ${data}, process ${pid}${ended === null ? '' : `, ended with ${ended}`}:`,
    text.replace(/\s*\n\s*/g, ' | ').slice(0, LONGEST_TEXT),
    read(join(data, 'logs', 'allmend.log')).slice(-LONGEST_TEXT),
    ended === null ? threadsOf(pid) : '',
  ].join('\n')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Name, state and what each thread of a process waits for; where the system tells. */
function threadsOf(pid: number | undefined): string {
  try {
    const tasks = `/proc/${pid}/task`
    return readdirSync(tasks)
      .map((task) => {
        const stat = read(join(tasks, task, 'stat'))
        const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
        return `${read(join(tasks, task, 'comm')).trim()} ${state} ${read(join(tasks, task, 'wchan'))}`
      })
      .join(', ')
  } catch {
    return ''
  }
}
