/**
 * Simulate: desks with everything that is real about them (journal, outbox, sender, puller, replica, the driver of the
 * database), one server, and nothing between them but a world that a seed decides. Each desk may die at any moment.
 *
 * In the end all is healed, everybody comes to rest, and the checker of the chaos runs looks.
 */
import { sql } from 'kysely'
import type { CommandCall } from '../../../core/commands/calls.ts'
import type { Uuid } from '../../../core/domain/time.ts'
import type { Ports, Random } from '../../../core/ports.ts'
import type { Database } from '../../../core/store/database.ts'
import { Exchangeable } from '../../../core/store/exchange.ts'
import type { Listener } from '../../../core/store/listen.ts'
import { postgresAt } from '../../../core/store/postgres.ts'
import { enterServer } from '../../../core/store/shared/moment.ts'
import { type ConnectedDesk, openConnectedDesk } from '../../../core/sync/connected-desk.ts'
import { decide } from '../../../core/sync/decide.ts'
import type { Ground } from '../../../core/sync/ground.ts'
import { openJournal } from '../../../core/sync/journal.ts'
import { FORGET } from '../../chaos/broken.ts'
import { check, type Found, type Line, type Life as Told } from '../../chaos/checker.ts'
import { contentOf, SLOTS, wrongIn } from '../../chaos/town.ts'
import { truthOf } from '../../chaos/truth.ts'
import { wish } from '../../chaos/wish.ts'
import { idOf } from '../../harness/authority.ts'
import { keptLog } from '../../harness/ports.ts'
import { besides, type Engines, foundAnew } from './engines.ts'
import { Machine } from './machine.ts'
import { CALM, SimulatedNetwork, type Weather } from './network.ts'
import { SimulatedServer } from './server.ts'
import { type Life, World } from './world.ts'

/** Ways to build it wrong, to see that they are found. */
export type Wrong = 'lying disk' | 'no receipts'

export interface History {
  readonly seed: number
  readonly desks: number
  /** How long things go wrong, in simulated seconds. */
  readonly seconds: number
  readonly wrong?: Wrong
}

export interface Happened {
  readonly found: Found
  readonly trace: readonly string[]
  readonly did: Readonly<Record<string, number>>
}

/** After so much quiet time a desk that has not come to rest never will. */
const REST_WITHIN_MS = 4 * 60_000
/** How often a desk looks by itself. */
const EVERY_MS = 3000

class Desk {
  readonly lives: Told[] = []
  deaths = 0
  readonly #number: number
  readonly #world: World
  readonly #machine: Machine
  readonly #network: SimulatedNetwork
  readonly #server: SimulatedServer
  readonly #resting: () => boolean
  readonly #looking: () => boolean
  #life: Life | undefined

  constructor(
    number: number,
    world: World,
    machine: Machine,
    network: SimulatedNetwork,
    server: SimulatedServer,
    resting: () => boolean,
    looking: () => boolean,
  ) {
    this.#number = number
    this.#world = world
    this.#machine = machine
    this.#network = network
    this.#server = server
    this.#resting = resting
    this.#looking = looking
  }

  get network(): SimulatedNetwork {
    return this.#network
  }

  said(kind: Line['kind']): boolean {
    return this.lives.at(-1)?.lines.some((line) => line.kind === kind) ?? false
  }

  /** The power goes, and comes back after a while. */
  die(): void {
    if (!this.#life) return
    this.deaths += 1
    this.#life.dead = true
    this.#life = undefined
    this.#network.abandon()
    const { dice } = this.#world
    this.#machine.crash(dice.next())
    this.#world.later(dice.next() * 5000, null, `desk ${this.#number} starts`, () => this.start())
  }

  start(): void {
    const life: Life = { name: `desk ${this.#number}.${this.lives.length}`, dead: false }
    this.#life = life
    const lines: Line[] = []
    this.lives.push({ desk: this.#number, lines })
    const say = (line: Line) => {
      if (!life.dead) lines.push(line)
    }
    this.#world.live(life, () => {
      this.#work(life, say).catch((error: unknown) => {
        say({ kind: 'wrong', wrong: `desk stopped: ${(error as Error).stack}` })
      })
    })
  }

  async #work(life: Life, say: (line: Line) => void): Promise<void> {
    const world = this.#world
    const { dice } = world
    const began = BEGINNING
    const random: Random = {
      bytes: (length) => Uint8Array.from({ length }, () => dice.below(256)),
    }
    const ports: Ports = { clock: { now: () => began + world.now }, random, log: keptLog() }
    const mine: Uuid[] = []
    const seen = new Set<string>()
    let watching: Promise<void> = Promise.resolve()
    const desk: ConnectedDesk = await openConnectedDesk(
      ports,
      {
        dataFolder: '',
        address: '',
        label: `Schalter ${this.#number}`,
        actor: () => `Schalter ${this.#number}`,
        every: EVERY_MS,
      },
      {
        settled({ id, args }, { status }) {
          if (status === 'accepted') mine.push((args as { token: Uuid }).token)
          say({ kind: 'settled', id, status })
        },
        pulled({ position, anew }) {
          watching = watching.then(async () => {
            for (const wrong of await wrongIn(desk.replica)) {
              if (!seen.has(wrong)) say({ kind: 'wrong', wrong })
              seen.add(wrong)
            }
            say({ kind: 'pulled', asOf: position.asOf, anew })
          })
        },
      },
      () => this.#ground(life, random),
    )
    const second = this.#connect(life, random, 1)
    const takes = (milliseconds: number) => world.takes(milliseconds, life, 'clerk')
    const given: Promise<unknown>[] = []
    for (let count = 0; !this.#resting(); count++) {
      const name = `${this.#number} ${this.lives.length} ${count}`
      const call: CommandCall = wish(dice, name, mine)
      const { token } = call.args as { token: Uuid }
      say({ kind: 'gave', id: call.id, name: call.name, token })
      const giving = desk.give(call).then(() => say({ kind: 'noted', id: call.id }))
      given.push(giving, dice.next() < 0.3 ? this.#double(desk, second, call.id, say) : giving)
      // A clerk may wait for the word, or not.
      if (dice.next() < 0.7) await giving
      await takes(dice.next() * 2500)
    }
    await Promise.all(given)
    while (desk.connection().waiting > 0) await takes(200)
    say({ kind: 'idle' })
    while (!this.#looking()) await takes(200)
    for (let done = false; !done; ) {
      done = await desk.pull().then(
        () => true,
        () => false,
      )
    }
    await watching
    say({ kind: 'rest', content: await contentOf(desk.replica) })
  }

  async #double(
    desk: ConnectedDesk,
    second: Database,
    id: Uuid,
    say: (line: Line) => void,
  ): Promise<void> {
    await this.#world.takes(this.#world.dice.next() * 20, this.#life as Life, 'clerk')
    const municipality = desk.municipality()
    const envelope = desk.outbox.find(id)?.envelope
    if (!envelope || !municipality) return
    const authority = { database: second, municipality, desk: desk.id, enter: enterServer }
    for (let tries = 0; tries < 3; tries++) {
      const answer = await decide(authority, { envelope, now: BEGINNING }).catch(() => null)
      if (answer) return say({ kind: 'doubled', id, status: answer.status })
    }
  }

  #connect(life: Life, random: Random, connections: number): Database {
    return postgresAt({
      connectionString: 'postgresql://desk@simulated/town',
      connections,
      statementTimeout: 5000,
      silence: 10_000,
      random,
      network: () => this.#network.socketOf(life),
    })
  }

  async #ground(life: Life, random: Random): Promise<Ground> {
    const world = this.#world
    const journal = await openJournal(this.#machine.diskOf(world, life), 'journal.ndjson')
    const replica = await Exchangeable.open(this.#machine.shelfOf(world, life, random), (error) => {
      throw error
    })
    return {
      id: idOf(`desk ${this.#number}`),
      journal,
      replica,
      server: this.#connect(life, random, 2),
      listen: (wake) => this.#listen(life, wake),
      close: async () => {},
    }
  }

  /** Being woken is a message like others: late, lost, or twice. */
  async #listen(life: Life, wake: () => void): Promise<Listener> {
    const world = this.#world
    await world.takes(this.#network.way(), life, 'listen')
    if (!this.#network.plugged) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    let end = () => {}
    const gone = new Promise<void>((resolve) => {
      end = resolve
    })
    const hear = () => {
      if (life.dead || !this.#network.plugged) return
      for (let left = world.dice.next() < 0.1 ? 2 : 1; left > 0; left--) {
        if (world.dice.next() >= this.#network.weather.cuts) {
          world.later(this.#network.way(), life, 'wake', wake)
        }
      }
    }
    const stop = this.#server.listen(hear, () =>
      world.later(this.#network.way(), life, 'deaf', end),
    )
    return {
      gone,
      close: async () => {
        stop()
        end()
      },
    }
  }
}

/** Midnight of the day on which the process began, so that all histories of it have the same days. */
const BEGINNING = Math.floor(Date.now() / 86_400_000) * 86_400_000

export async function simulate(engines: Engines, history: History): Promise<Happened> {
  const founding = await foundAnew(engines)
  if (history.wrong === 'no receipts') await sql.raw(FORGET).execute(founding.kysely)
  await founding.close()
  const world = new World(history.seed)
  const { dice } = world
  const server = new SimulatedServer(engines.server, world)
  let resting = false
  let looking = false
  const machines: Machine[] = []
  const desks = Array.from({ length: history.desks }, (_, number) => {
    const machine = new Machine(engines.spare)
    machine.lying = history.wrong === 'lying disk'
    machines.push(machine)
    const network = new SimulatedNetwork(world, server)
    return new Desk(
      number,
      world,
      machine,
      network,
      server,
      () => resting,
      () => looking,
    )
  })
  const end = history.seconds * 1000
  const storms: Weather = {
    cuts: dice.next() * 0.03,
    silent: dice.next() * 0.3,
    way: 1 + dice.next() * 40,
  }
  server.conflicts = dice.next() * 0.1
  const did = { restarts: 0, unplugged: 0 }
  /** Something that happens every so often, by chance, until the storm is over. */
  const every = (milliseconds: number, what: string, happens: () => void) => {
    const next = () => {
      const wait = 2 * milliseconds * dice.next()
      if (world.now + wait >= end) return
      world.later(wait, null, what, () => {
        happens()
        next()
      })
    }
    next()
  }
  for (const [number, desk] of desks.entries()) {
    desk.network.weather = storms
    world.later(dice.next() * 500, null, `desk ${number} starts`, () => desk.start())
    every(8000, `desk ${number} dies`, () => desk.die())
    every(12_000, `desk ${number} is unplugged`, () => {
      did.unplugged += 1
      desk.network.unplug()
      world.later(dice.next() * 8000, null, `desk ${number} is plugged in`, () => {
        desk.network.plugged = true
      })
    })
  }
  every(15_000, 'the server restarts', () => {
    did.restarts += 1
    server.crash()
  })
  await world.run(() => world.now >= end)
  for (const { network } of desks) {
    network.weather = CALM
    network.plugged = true
  }
  server.conflicts = 0
  resting = true
  const over = () => world.now > end + REST_WITHIN_MS
  await world.run(() => over() || desks.every((desk) => desk.said('idle')))
  looking = true
  await world.run(() => over() || desks.every((desk) => desk.said('rest')))
  server.crash()
  const lives = desks.flatMap((desk) => desk.lives)
  const truth = besides(engines)
  const found = check(lives, await truthOf(truth), SLOTS)
  await truth.close()
  for (const machine of machines) machine.scrap()
  const lines = lives.flatMap((life) => life.lines)
  const count = (kind: Line['kind']) => lines.filter((line) => line.kind === kind).length
  return {
    found,
    trace: world.trace,
    did: {
      ...did,
      commands: count('gave'),
      settled: count('settled'),
      doubled: count('doubled'),
      snapshots: count('pulled'),
      deaths: desks.reduce((sum, { deaths }) => sum + deaths, 0),
      cuts: desks.reduce((sum, { network }) => sum + network.cuts, 0),
    },
  }
}
