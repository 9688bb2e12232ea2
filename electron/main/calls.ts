/**
 * Calls: answers one call of a screen, the same for Electron's IPC and for the web desk's socket.
 *
 * The name must be in the closed list and the argument must fit its schema before anything runs. An error is
 * part of the answer and never a thrown message; what went wrong stands in the log, without personal data.
 */
import type { About, CallName, Drafts, Preferences, Reply } from '../../core/contract.ts'
import { calls } from '../../core/contract.ts'
import type { Core } from '../../core/core.ts'
import type { Log } from '../../core/ports.ts'

/** What a call may ask of the program around the core. */
export interface Shell {
  about(core: Core): Promise<About>
  preferences(): Preferences
  setPreferences(part: Partial<Preferences>): Preferences
  /** Null: none was chosen, or nobody can be asked. */
  chooseFolder(): Promise<string | null>
  chooseCertificate(): Promise<string | null>
  drafts(): Drafts
  keepDrafts(drafts: Drafts): void
  openExternal(url: string): Promise<boolean>
}

export type Answer = (name: unknown, argument: unknown) => Promise<Reply<unknown>>

type ErrorCode = Extract<Reply<unknown>, { ok: false }>['error']['code']
type Checked = {
  [C in CallName]: { call: C; argument: ReturnType<(typeof calls)[C]['parse']> }
}[CallName]

export function failure(code: ErrorCode, detail: string): Reply<never> {
  return { ok: false, error: { code, detail } }
}

/** Waits until the database is open; then only a founded desk can be asked. */
async function ready(core: Core): Promise<boolean> {
  await core.opened
  return core.status().phase === 'ready'
}

async function perform(
  core: Core,
  shell: Shell,
  log: Log,
  checked: Checked,
): Promise<Reply<unknown>> {
  const value = async () => {
    switch (checked.call) {
      case 'dispatch':
        return core.dispatch(checked.argument as Parameters<Core['dispatch']>[0])
      case 'query':
        return core.query(checked.argument as Parameters<Core['query']>[0])
      case 'status':
        return core.status()
      case 'about':
        return shell.about(core)
      case 'found':
        return core.found(checked.argument.as, checked.argument.name)
      case 'preferences':
        return shell.preferences()
      case 'setPreferences':
        return shell.setPreferences(checked.argument as Partial<Preferences>)
      case 'dismissNotice':
        return core.dismissNotice(checked.argument.index)
      case 'reportError':
        log.write('error', 'a screen failed', {
          said: checked.argument.message,
          stack: checked.argument.stack,
        })
        return null
      case 'publishStatus':
        return core.publishing.status()
      case 'publishPreview':
        return core.publishing.preview(checked.argument.target, checked.argument.page)
      case 'publishNow':
        return core.publishing.publish(checked.argument.target)
      case 'backupStatus':
        return core.backups.status()
      case 'backupNow':
        return core.backups.now()
      case 'setBackup':
        return core.backups.set(checked.argument)
      case 'restorePreview':
        return core.backups.preview(checked.argument.file)
      case 'restore':
        return core.backups.restore(checked.argument.file)
      case 'chooseFolder':
        return shell.chooseFolder()
      case 'chooseCertificate':
        return shell.chooseCertificate()
      case 'server':
        return core.sharing.address()
      case 'testServer':
        return core.sharing.test(checked.argument)
      case 'connect':
        return core.sharing.connect(checked.argument)
      case 'changeServer':
        return core.sharing.change(checked.argument)
      case 'leave':
        return core.sharing.leave()
      case 'tryNow':
        return core.sharing.tryNow()
      case 'outbox':
        return core.sharing.outbox()
      case 'withdraw':
        return core.sharing.withdraw(checked.argument.id).then(() => null)
      case 'confirm':
        return core.sharing.confirm(checked.argument.id).then(() => null)
      case 'handled':
        return core.sharing.handled(checked.argument.id).then(() => null)
      case 'drafts':
        return shell.drafts()
      case 'keepDrafts':
        shell.keepDrafts(checked.argument)
        return null
      case 'openExternal':
        return shell.openExternal(checked.argument.url)
    }
  }
  const { call } = checked
  if ((call === 'dispatch' || call === 'query') && !(await ready(core))) {
    return failure('not-ready', core.status().phase)
  }
  return { ok: true, value: await value() }
}

/** What the core throws by name; everything else is a bug of ours. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  BadCall: 'bad-arguments',
  NotReady: 'not-ready',
}

export function answerCalls(core: () => Promise<Core>, shell: Shell, log: Log): Answer {
  return async (name, argument) => {
    if (typeof name !== 'string' || !Object.hasOwn(calls, name)) {
      return failure('unknown-call', String(name).slice(0, 60))
    }
    const call = name as CallName
    const checked = calls[call].safeParse(argument)
    if (!checked.success) {
      const where = checked.error.issues.map((issue) => issue.path.join('.') || '(all)').join(', ')
      log.write('warn', 'a call with bad arguments', { callName: call, where })
      return failure('bad-arguments', where)
    }
    try {
      return await perform(await core(), shell, log, { call, argument: checked.data } as Checked)
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      const code = CODES[name] ?? 'failed'
      // A screen that asks before anything is founded is told so, as by `ready`.
      if (code !== 'not-ready') {
        log.write(code === 'failed' ? 'error' : 'warn', 'a call failed', { callName: call, error })
      }
      return failure(code, name)
    }
  }
}
