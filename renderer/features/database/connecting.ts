/**
 * Connecting: asks a server, founds there, joins it, and keeps what was typed until that has worked.
 *
 * It goes on while screens come and go: the desk is closed and opened anew on the way.
 */
import { notifications } from '@mantine/notifications'
import { create } from 'zustand'
import type { ConnectWish, ServerTest, Status } from '../../../core/contract.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { desk } from '../../desk/client.ts'
import { useView } from '../../desk/store.ts'
import { status } from '../../desk/useStatus.ts'
import { forget, isAddress, readTexts, useTyping } from './address.ts'

/** True while what is founded here goes on to the server: nobody is to begin working in between. */
export const useConnecting = create<{ busy: boolean }>(() => ({ busy: false }))

/** The libres context of a municipality that no website knows. */
export const OWN_CONTEXT = 'allmend'

const UNEXPECTED: ServerTest = { ok: false, problem: { code: 'unexpected', detail: '' } }

function isStatus(answer: ServerTest | Status): answer is Status {
  return 'phase' in answer
}

/** Asks the server that is typed; what it says stands in the store. False where something is missing. */
export async function test(): Promise<boolean> {
  const read = readTexts(useTyping.getState().texts)
  if (!isAddress(read)) {
    useTyping.setState({ missing: read, test: null })
    return false
  }
  const reply = await desk.invoke('testServer', read)
  if (!reply.ok) report(reply.error.detail, 'testServer')
  useTyping.setState({ missing: {}, test: reply.ok ? reply.value : UNEXPECTED })
  return true
}

/** `sample`: what is to be shared is the sample, which is founded here first. */
export async function connect(
  { send, found }: Pick<ConnectWish, 'send' | 'found'>,
  sample?: string,
): Promise<void> {
  const server = readTexts(useTyping.getState().texts)
  if (!isAddress(server) || useConnecting.getState().busy) return
  const isFirst = status.get()?.phase === 'first-start'
  useConnecting.setState({ busy: true })
  try {
    if (sample !== undefined) await desk.invoke('found', { as: 'sample', name: sample })
    const reply = await desk.invoke('connect', { server, send, found })
    if (!reply.ok) report(reply.error.detail, 'connect')
    const answer = reply.ok ? reply.value : UNEXPECTED
    if (!isStatus(answer)) {
      useTyping.setState({ test: answer })
      if (sample !== undefined) useView.getState().go('settings/database')
      return
    }
    forgetWhatWasDone()
    forget()
    status.set(answer)
    // Nothing was here before: there is nothing to tell of it.
    if (isFirst) await dismissJoined(answer)
  } finally {
    useConnecting.setState({ busy: false })
  }
}

/** What this window did, and was told, is not what the desk knows any more. */
function forgetWhatWasDone(): void {
  useView.setState({ done: [], undone: [], selected: null })
  notifications.clean()
}

async function dismissJoined({ notices }: Status): Promise<void> {
  const index = notices.findIndex(({ code }) => code === 'joined')
  const reply = index < 0 ? null : await desk.invoke('dismissNotice', { index })
  if (reply?.ok) status.set(reply.value)
}

/** Another address or password for the server of this desk. True where it was taken over. */
export async function change(): Promise<boolean> {
  const server = readTexts(useTyping.getState().texts)
  if (!isAddress(server)) {
    useTyping.setState({ missing: server, test: null })
    return false
  }
  const reply = await desk.invoke('changeServer', server)
  if (!reply.ok) report(reply.error.detail, 'changeServer')
  const answer = reply.ok ? reply.value : UNEXPECTED
  if (!isStatus(answer)) {
    useTyping.setState({ test: answer })
    return false
  }
  forget()
  status.set(answer)
  return true
}

export async function leave(): Promise<void> {
  const reply = await desk.invoke('leave')
  if (!reply.ok) throw new Error(reply.error.detail)
  forgetWhatWasDone()
  useView.getState().go('calendar')
  status.set(reply.value)
}
