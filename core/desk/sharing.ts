/**
 * Sharing: everything that can be done about the shared server of a desk: looking, joining, changing the address,
 * leaving, and what waits or came to nothing.
 */
import type { ConnectWish, Notice, Outbox, ServerAddress, ServerTest, Status } from '../contract.ts'
import type { Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import { readMunicipality } from '../store/settings.ts'
import { nodeDisk } from '../sync/node-disk.ts'
import type { Alone } from './alone.ts'
import type { Joined } from './joined.ts'
import { becomeAlone, becomeJoined, foundThere, offer, ownOf } from './joining.ts'
import {
  addressOf,
  type KeptServer,
  keptServerOf,
  NoCertificate,
  writeServerFile,
} from './server-file.ts'
import { testServer, withServer } from './server-test.ts'

/** Keeps the password of the server, where nobody reads it. */
export interface Secret {
  read(): Promise<string | null>
  write(secret: string | null): Promise<void>
}

export interface Sharing {
  /** Without its password; null where the desk has no server. */
  address(): Promise<ServerAddress | null>
  test(address: ServerAddress): Promise<ServerTest>
  /** The status of the joined desk, or what is in the way; then nothing has changed here. */
  connect(wish: ConnectWish): Promise<ServerTest | Status>
  change(address: ServerAddress): Promise<ServerTest | Status>
  leave(): Promise<Status>
  tryNow(): Promise<Status>
  outbox(): Promise<Outbox>
  withdraw(id: Uuid): Promise<void>
  confirm(id: Uuid): Promise<void>
  handled(id: Uuid): Promise<void>
}

/** What sharing needs of the door. */
export interface Door {
  /** Throws `NotReady`. */
  place(): Promise<Alone | Joined>
  /** Asks once more where the desk was closed over the question. */
  asking<T>(question: (at: Alone | Joined) => Promise<T>): Promise<T>
  status(): Status
  set(change: Partial<Status>): Status
  progress(step: NonNullable<Status['progress']>['step'], done: number): void
  /** Closes the desk, lets its folder be changed, and opens what is there then. */
  reopen(change: () => Promise<readonly Notice[]>): Promise<Status>
}

export interface SharingSettings {
  readonly dataFolder: string
  readonly actor: () => string
  readonly password?: Secret
}

type No = Extract<ServerTest, { ok: false }>

export function sharingOf(ports: Ports, settings: SharingSettings, door: Door): Sharing {
  const { dataFolder } = settings
  const password = settings.password ?? forgotten()

  /** The address as it would be kept, and its password; or why it cannot be used. */
  const understood = async (
    address: ServerAddress,
    before: KeptServer | null,
  ): Promise<{ server: KeptServer; secret: string | null } | No> => {
    try {
      const server = await keptServerOf(address, before)
      return { server, secret: address.password || (await password.read()) }
    } catch (error) {
      if (!(error instanceof NoCertificate)) throw error
      return { ok: false, problem: { code: 'no-certificate', detail: error.message } }
    }
  }
  const keptBy = (at: Alone | Joined) => (at.kind === 'joined' ? at.server : null)

  const connect = async (wish: ConnectWish): Promise<ServerTest | Status> => {
    const at = await door.place()
    const { phase } = door.status()
    if (at.kind !== 'alone' || (phase !== 'ready' && phase !== 'first-start')) return door.status()
    const found = await understood(wish.server, null)
    if ('ok' in found) return found
    const { server, secret } = found
    door.set({ phase: 'founding', progress: { step: 'sending', done: 0 } })
    const back = <T>(answer: T): T => {
      door.set({ phase, progress: null })
      return answer
    }
    try {
      await at.line.settled()
      const journal = await withServer(server, secret, async (database) => {
        const offered = await offer(database, at, wish, (done) => door.progress('sending', done))
        // A website's database has none, whatever this desk has of its own.
        const isNew = !(await database.read(readMunicipality))
        if (!('ok' in offered) && wish.found && isNew) {
          const { zone } = door.status()
          await foundThere(ports, database, at.desk, { ...wish.found, zone }, settings.actor())
        }
        return offered
      })
      if ('ok' in journal) return back(journal)
      await password.write(secret)
      return await door.reopen(async () => {
        const folder = await becomeJoined(ports, dataFolder, server, journal)
        return [{ code: 'joined', folder, restored: 0, lost: 0 }]
      })
    } catch (error) {
      if (door.status().phase === 'founding') back(null)
      throw error
    }
  }

  const change = async (address: ServerAddress): Promise<ServerTest | Status> => {
    const at = await door.place()
    if (at.kind !== 'joined') return door.status()
    const found = await understood(address, at.server)
    if ('ok' in found) return found
    const { server, secret } = found
    const tested = await withServer(server, secret, (database) => testServer(database, []))
    if (!tested.ok) return tested
    const own = at.municipality()
    if (own && tested.municipality !== own.name) {
      return { ok: false, problem: { code: 'another', detail: tested.municipality } }
    }
    await password.write(secret)
    return door.reopen(async () => {
      await writeServerFile(nodeDisk(), dataFolder, server)
      return []
    })
  }

  return {
    async address() {
      const server = keptBy(await door.place())
      return server && addressOf(server)
    },
    async test(address) {
      const at = await door.place()
      const found = await understood(address, keptBy(at))
      if ('ok' in found) return found
      if (at.kind === 'alone') await at.line.settled()
      const own = at.kind === 'alone' ? ownOf(at) : []
      return withServer(found.server, found.secret, (database) => testServer(database, own))
    },
    connect,
    change,
    async leave() {
      const at = await door.place()
      if (at.kind !== 'joined') return door.status()
      await password.write(null)
      return door.reopen(async () => {
        const folder = await becomeAlone(ports, dataFolder)
        return [{ code: 'left', folder, restored: 0, lost: 0 }]
      })
    },
    async tryNow() {
      const at = await door.place()
      at.tryNow()
      return door.status()
    },
    outbox: () => door.asking((at) => at.outbox()),
    withdraw: async (id) => (await door.place()).withdraw(id),
    confirm: async (id) => (await door.place()).confirm(id),
    handled: async (id) => (await door.place()).handled(id),
  }
}

/** For as long as the program runs. */
function forgotten(): Secret {
  let kept: string | null = null
  return {
    read: async () => kept,
    async write(secret) {
      kept = secret
    },
  }
}
