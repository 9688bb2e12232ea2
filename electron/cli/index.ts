/**
 * The command line: what a server's clock may start at night, and what an administrator does, in plain Node and without
 * a window. One sentence for each thing, and an exit code that a script can act on.
 */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { PublishProblem } from '../../core/contract.ts'
import { type Core, createCore } from '../../core/core.ts'
import type { Log } from '../../core/ports.ts'
import { foldersOf } from '../main/folders.ts'
import { openLog } from '../main/logs.ts'
import { realPorts } from '../main/ports.ts'
import { sentenceOf } from '../main/sentences.ts'
import { HELP, readOrder } from './arguments.ts'
import { databaseWork } from './database.ts'

const DONE = 0
const NOT_PUBLISHED = 1
const WRONG_WORDS = 2
const NO_DATA = 3

type Target = Awaited<ReturnType<Core['publishing']['targets']>>[number]

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

function whyNot({ name, folder }: Target, { code, detail }: PublishProblem): string {
  switch (code) {
    case 'no-folder':
      return `${name}: there is no folder ${folder}; it is never made, because it may be a drive that is not there.`
    case 'not-a-folder':
      return `${name}: ${folder} is not a folder.`
    case 'not-allowed':
      return `${name}: this user may not write ${folder}.`
    case 'disk-full':
      return `${name}: the disk that holds ${folder} is full.`
    case 'foreign-file':
      return `${name}: ${folder} holds a ${detail} that Allmend has not made, and it is left alone; choose a folder of its own.`
    case 'leak':
      return `${name}: not published, because something private would be seen (${detail.replace(' ', ' of booking ')}).`
    case 'unexpected':
      return `${name}: could not be published (${detail}); the log says more.`
  }
}

/** True where it is published, or would be. */
async function publish(core: Core, target: Target, dryRun: boolean): Promise<boolean> {
  const found = await core.publishing.preview(target, '')
  const leak = found.leaks[0]
  const problem: PublishProblem | null = leak
    ? { code: 'leak', detail: `${leak.kind} ${leak.number}` }
    : found.problem
  if (dryRun && problem) {
    complain(whyNot(target, problem))
    return false
  }
  const fresh = found.files.filter((file) => file.fresh).length
  const dates = `${found.added} dates new, ${found.removed} gone, ${found.changed} changed`
  if (dryRun) {
    say(`${target.name}: ${fresh} of ${found.files.length} files would be written; ${dates}.`)
    return true
  }
  const status = await core.publishing.publish(target.id)
  if (status?.problem) {
    complain(whyNot(target, status.problem))
    return false
  }
  say(
    fresh + found.stale === 0
      ? `${target.name}: nothing has changed since it was last published.`
      : `${target.name}: ${fresh} of ${found.files.length} files written to ${target.folder}; ${dates}.`,
  )
  return true
}

async function withCore(data: string, log: Log, work: (core: Core) => Promise<number>) {
  const core = createCore(realPorts(log), {
    dataFolder: data,
    preparedImage: join(dirname(__dirname), 'prepared', 'database.tar.gz'),
    actor: () => '',
  })
  try {
    await core.opened
    const { phase, problem } = core.status()
    if (problem) {
      complain(sentenceOf(problem, data))
      return NO_DATA
    }
    if (phase !== 'ready') {
      complain(`There is no municipality in ${data} yet: open the desk once.`)
      return NO_DATA
    }
    return await work(core)
  } finally {
    await core.close()
  }
}

async function main(): Promise<number> {
  const order = readOrder(process.argv.slice(2))
  if ('help' in order) {
    say(HELP)
    return DONE
  }
  if ('wrong' in order) {
    complain(order.wrong)
    return WRONG_WORDS
  }
  if ('work' in order) {
    const { lines, code } = await databaseWork(order.work, order.address)
    for (const line of lines) (code === DONE ? say : complain)(line)
    return code
  }
  const data = resolve(process.env.INIT_CWD ?? process.cwd(), order.data)
  if (!existsSync(join(data, 'journal.ndjson'))) {
    complain(`There is no desk in ${data}: name its folder with --data.`)
    return NO_DATA
  }
  return withCore(data, openLog(foldersOf(data).logs), async (core) => {
    const targets = await core.publishing.targets()
    const wanted = targets.filter(
      ({ name }) => order.target === null || name.toLowerCase() === order.target.toLowerCase(),
    )
    if (wanted.length === 0) {
      const names = targets.map(({ name }) => name).join(', ')
      complain(
        targets.length === 0
          ? 'Nothing is set up for publishing: add a target in the desk first.'
          : `There is no target ${order.target}; there are: ${names}.`,
      )
      return WRONG_WORDS
    }
    let code = DONE
    for (const target of wanted) {
      if (!(await publish(core, target, order.dryRun))) code = NOT_PUBLISHED
    }
    return code
  })
}

void main().then((code) => {
  process.exitCode = code
})
