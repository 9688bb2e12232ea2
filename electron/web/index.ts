/**
 * The web desk: core and server in plain Node, for a machine without a display. Start: data first, then the
 * address; stop: the server, then the core. What cannot go on is one sentence and an exit code.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Core, createCore, type Secret } from '../../core/core.ts'
import { describeDesk } from '../main/about.ts'
import { answerCalls } from '../main/calls.ts'
import { openDrafts } from '../main/drafts.ts'
import { readFlags } from '../main/flags.ts'
import { foldersOf } from '../main/folders.ts'
import { openLog } from '../main/logs.ts'
import { realPorts } from '../main/ports.ts'
import { openPreferences } from '../main/preferences.ts'
import { sentenceOf } from '../main/sentences.ts'
import { openWebDesk, type WebDesk } from './server.ts'

const flags = readFlags(process.argv.slice(2))
const folders = foldersOf(flags.data)
const outFolder = dirname(__dirname)

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function versionOf(): string {
  return JSON.parse(readFileSync(join(dirname(outFolder), 'package.json'), 'utf8')).version
}

/** Plain Node has no keychain: what is typed is known until the desk ends, and PGPASSWORD from its start. */
function passwordOfTheEnvironment(): Secret {
  let known = process.env.PGPASSWORD ?? null
  return {
    read: async () => known,
    async write(secret) {
      known = secret
    },
  }
}

function portSentence(error: unknown, port: number): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: name another one with --port, or none.`
  if (code === 'EACCES')
    return `Port ${port} may not be used by ordinary users: name one above 1023 with --port.`
  return `The desk cannot listen on port ${port} (${code ?? 'unknown'}).`
}

async function main(): Promise<void> {
  mkdirSync(folders.data, { recursive: true, mode: 0o700 })
  const log = openLog(folders.logs)
  process.on('unhandledRejection', (error) =>
    log.write('error', 'a promise failed unseen', { error }),
  )
  const preferences = openPreferences(folders.preferences, log)
  const drafts = openDrafts(folders.drafts, log)
  let desk: WebDesk | undefined
  // The port first: where it cannot be had, no data is touched.
  let begin: (core: Core) => void = () => {}
  const started = new Promise<Core>((resolve) => {
    begin = resolve
  })
  const answer = answerCalls(
    () => started,
    {
      about: (opened) =>
        describeDesk(opened, { version: versionOf(), dataFolder: folders.data, outFolder }),
      drafts: drafts.read,
      keepDrafts: drafts.write,
      preferences: preferences.read,
      setPreferences(part) {
        const changed = preferences.change(part)
        desk?.send({ type: 'preferences', preferences: changed })
        return changed
      },
      // A page may not ask for folders of the computer it is shown on.
      chooseFolder: async () => null,
      chooseCertificate: async () => null,
      // The browser opens addresses itself.
      openExternal: async () => false,
    },
    log,
  )
  try {
    desk = await openWebDesk({ folder: join(outFolder, 'renderer'), port: flags.port, answer, log })
  } catch (error) {
    stop(portSentence(error, flags.port))
  }
  const open = desk
  const core = createCore(realPorts(log), {
    dataFolder: folders.data,
    preparedImage: join(outFolder, 'prepared', 'database.tar.gz'),
    actor: () => preferences.read().actor,
    demo: flags.demo,
    password: passwordOfTheEnvironment(),
  })
  begin(core)
  core.subscribe((event) => open.send(event))
  log.write('info', 'starting', { version: versionOf(), runtime: 'browser', port: open.port })

  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    await open.close()
    await core.close()
    log.write('info', 'closed')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close)

  if (flags.demo) say('Opening the data; a sample municipality takes some seconds the first time …')
  await core.opened
  const { problem } = core.status()
  if (problem) {
    log.write('error', 'not opened', { problem: problem.code })
    await open.close()
    await core.close()
    stop(sentenceOf(problem, folders.data))
  }
  say(
    `The desk is served on this machine. Open in a browser:\n\n  ${open.address}\n\nCtrl+C ends it.`,
  )
}

void main()
