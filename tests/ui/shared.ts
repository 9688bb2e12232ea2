/**
 * Shared: desks in real windows on one real Postgres, each with a cable of its own that can be pulled; and what a
 * screen is told on the way that a test of something else need not go by hand.
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import type { Desk, Replies, ServerAddress, Status } from '../../core/contract.ts'
import { type LaunchedDesk, launchDesk, scratchFolder } from '../harness/electron.ts'
import { HostileProxy } from '../harness/hostile-proxy.ts'
import { addressOf } from '../harness/joining.ts'
import { kindsOfDatabase, Servers } from '../harness/kinds.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

type WithDesk = Window & { desk: Desk }

export interface CabledDesk extends LaunchedDesk {
  readonly label: string
  readonly cable: HostileProxy
  /** The same data in a new window, after `kill` or `quit`. */
  again(): Promise<CabledDesk>
}

export interface Town {
  readonly server: SharedServer
  /** A desk that has not begun yet, or that meets what is in `data`. */
  desk(label: string, data?: string): Promise<CabledDesk>
  close(): Promise<void>
}

export async function openTown(): Promise<Town> {
  const servers = new Servers()
  const kind = kindsOfDatabase(servers).find(({ id }) => id === 'embedded')
  if (!kind) throw new Error('npm brings a Postgres for tests')
  const server = await sharedServer(kind)
  const cables: HostileProxy[] = []
  const folders: string[] = []
  const open = new Set<LaunchedDesk>()

  const launch = async (label: string, data: string, cable: HostileProxy): Promise<CabledDesk> => {
    const launched = await launchDesk({ data })
    open.add(launched)
    await launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
    )
    const gone = () => open.delete(launched)
    return {
      ...launched,
      label,
      cable,
      quit: () => launched.quit().finally(gone),
      kill: () => launched.kill().finally(gone),
      again: () => launch(label, data, cable),
    }
  }
  return {
    server,
    async desk(label, given) {
      const cable = await HostileProxy.before(server.deskUrl)
      cables.push(cable)
      const data = given ?? (await scratchFolder())
      folders.push(data)
      return launch(label, data, cable)
    },
    async close() {
      for (const desk of open) await desk.quit()
      for (const cable of cables) await cable.close()
      for (const folder of folders) await rm(folder, { recursive: true, force: true })
      await server.drop()
      await servers.stop()
    },
  }
}

/** A user who may do what a desk may, if he says the password. */
export async function userWithPassword(
  { url, deskUrl }: SharedServer,
  password: string,
): Promise<string> {
  const name = `secret_${new URL(deskUrl).username}`
  await ask(url, `create user "${name}" password '${password}' in role allmend_desk`)
  const [row] = await ask<{ hba_file: string }>(url, 'show hba_file')
  const file = row?.hba_file ?? ''
  await writeFile(file, `host all "${name}" all scram-sha-256\n${await readFile(file, 'utf8')}`)
  await ask(url, 'select pg_reload_conf()')
  return name
}

/** One call of the contract, as the page makes it. */
export async function invoke<C extends keyof Replies>(
  page: Page,
  call: C,
  argument?: unknown,
): Promise<Replies[C]> {
  const reply = await page.evaluate(
    ([name, given]) => (window as unknown as WithDesk).desk.invoke(name as never, given),
    [call, argument] as const,
  )
  if (!reply.ok) throw new Error(`${call}: ${JSON.stringify(reply.error)}`)
  return reply.value as Replies[C]
}

/** As it is typed: through this cable. */
export function addressVia({ cable, label }: Pick<CabledDesk, 'cable' | 'label'>): ServerAddress {
  return addressOf(cable.address, label)
}

export async function until(
  { page, label }: Pick<CabledDesk, 'page' | 'label'>,
  holds: (status: Status) => boolean,
): Promise<Status> {
  let last: Status | undefined
  await expect
    .poll(
      async () => {
        last = await invoke(page, 'status')
        return holds(last)
      },
      { message: `${label} stands as it should`, timeout: 60_000 },
    )
    .toBe(true)
  return last as Status
}

/** The cable is out, and the desk knows it. */
export async function pull(desk: CabledDesk): Promise<void> {
  desk.cable.unplug()
  await until(desk, ({ mode }) => mode === 'cut-off')
}

export async function plug(desk: CabledDesk): Promise<void> {
  desk.cable.heal()
  await invoke(desk.page, 'tryNow')
  await until(desk, ({ mode }) => mode === 'connected')
}
