/**
 * Chaos: desks as processes of their own, one real server, a hostile network before each desk, and a schedule of faults
 * that a seed decides. In the end all is healed, everybody comes to rest, and the checker looks.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { HostileProxy } from '../harness/hostile-proxy.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'
import type { Arena } from './arena.ts'
import { type Broken, breakServer, breakWire } from './broken.ts'
import { check, type Found, type Life, type Line, type Violation } from './checker.ts'
import { Dice } from './dice.ts'
import { foundTown, SLOTS } from './town.ts'
import { truthOf } from './truth.ts'

/** When nobody has got on for so long, whoever has not come to rest never will. */
const REST_WITHOUT_A_WORD_MS = 90_000
const LOOK_EVERY_MS = 300
/** Longer than anything that was sent before waits for a lock (two seconds). */
const QUIET_MS = 2500

export interface Plan {
  readonly seed: number
  readonly seconds: number
  readonly desks: number
  readonly broken?: Broken
  /** Ends before its time once this was found. */
  readonly until?: Violation
}

export interface Result {
  readonly found: Found
  /** What was done, by name. */
  readonly did: Readonly<Record<string, number>>
}

type FaultKind = 'cut' | 'answer' | 'kill' | 'terminate' | 'unplug' | 'silence' | 'slow' | 'crash'
type Fault = Readonly<{ at: number; kind: FaultKind; desk: number; more: number }>

/** Everything that will go wrong, in order. The same for the same plan. */
export function faultsOf({ seed, seconds, desks, broken }: Plan): readonly Fault[] {
  // Isolation fails by itself, and the more often the less is in its way.
  if (broken === 'read-committed') return []
  const dice = new Dice(seed)
  const faults: Fault[] = []
  const every = (milliseconds: number, kind: FaultKind) => {
    for (let at = 0; ; ) {
      at += 2 * milliseconds * dice.next()
      if (at >= seconds * 1000) return
      faults.push({ at, kind, desk: dice.below(desks), more: dice.next() })
    }
  }
  every(1500 / desks, 'cut')
  every(1000 / desks, 'answer')
  every(3000 / desks, 'terminate')
  every(9000 / desks, 'unplug')
  every(12_000 / desks, 'silence')
  every(15_000 / desks, 'slow')
  every(20_000 / desks, 'kill')
  // Of the server: everybody is hit.
  if (!broken) every(9000, 'crash')
  return faults.sort((one, other) => one.at - other.at)
}

/** One desk through all its lives. */
class Seat {
  readonly lives: Life[] = []
  killed = 0
  /** One cannot be killed twice, and two of one desk never live. */
  #dying = false
  readonly #number: number
  readonly #proxy: HostileProxy
  readonly #start: (life: number) => ChildProcess
  #child: ChildProcess | undefined
  #ended: Promise<void> = Promise.resolve()

  constructor(number: number, proxy: HostileProxy, start: (life: number) => ChildProcess) {
    this.#number = number
    this.#proxy = proxy
    this.#start = start
    this.live()
  }

  get proxy(): HostileProxy {
    return this.#proxy
  }

  live(): void {
    const lines: Line[] = []
    this.lives.push({ desk: this.#number, lines })
    const child = this.#start(this.lives.length)
    this.#child = child
    const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream })
    reader.on('line', (line) => lines.push(JSON.parse(line) as Line))
    child.stdin?.on('error', () => {})
    this.#ended = Promise.all([
      new Promise((resolve) => child.once('exit', resolve)),
      new Promise((resolve) => reader.once('close', resolve)),
    ]).then(() => undefined)
  }

  /** As if the power had gone, and on again. */
  async kill(): Promise<void> {
    if (this.#dying) return
    this.#dying = true
    this.killed += 1
    this.#child?.kill('SIGKILL')
    await this.#ended
    this.live()
    this.#dying = false
  }

  tell(word: 'rest' | 'look'): void {
    this.#child?.stdin?.write(`${word}\n`)
  }

  /** How far it has come: what was said in all lives. Snapshots are pulled for ever, also by a desk that stands still. */
  get words(): number {
    const said = this.lives.flatMap(({ lines }) => lines)
    return said.filter(({ kind }) => kind !== 'pulled').length
  }

  said(kind: Line['kind']): boolean {
    return this.lives.at(-1)?.lines.some((line) => line.kind === kind) ?? false
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#ended
    await this.#proxy.close()
  }
}

/** Sending a command again that has its receipt inserts nothing: that is what is counted. */
const COUNT_REPLAYS = `
  create sequence sync.replays;
  grant usage on sync.replays to public;
  create function sync.count_replays() returns trigger language plpgsql as $$
  begin
    if not exists (select from written) then perform nextval('sync.replays'); end if;
    return null;
  end $$;
  create trigger count_replays after insert on sync.receipt referencing new table as written
    for each statement execute function sync.count_replays();
`

export async function chaos(arena: Arena, plan: Plan): Promise<Result> {
  const folder = await mkdtemp(join(arena.folder, 'run-'))
  const server = await sharedServer(arena.kind)
  const seats: Seat[] = []
  try {
    await foundTown(server.database)
    await ask(server.url, COUNT_REPLAYS)
    if (plan.broken) await breakServer(server.url, plan.broken)
    for (let number = 0; number < plan.desks; number++) {
      const proxy = await HostileProxy.before(server.deskUrl)
      if (plan.broken) breakWire(proxy, plan.broken)
      const start = (life: number) =>
        spawn(
          process.execPath,
          [arena.program, join(folder, `${number}`), arena.prepared, proxy.address].concat(
            [number, life, plan.seed].map(String),
          ),
          { stdio: ['pipe', 'pipe', 'inherit'] },
        )
      seats.push(new Seat(number, proxy, start))
    }
    const { did, found: early } = await torment(arena, server, seats, plan)
    // What was looked for is there: nobody has to come to rest any more.
    if (early) return { found: early, did }
    for (const { proxy } of seats) {
      proxy.cutAt = null
      proxy.cutCommit = false
      proxy.heal()
    }
    // Nobody looks before everybody is idle: a replica at rest is compared with a server at rest.
    await told(seats, 'rest', 'idle')
    await again(() => quiet(server.url))
    await told(seats, 'look', 'rest')
    const lives = soFar(seats)
    // Another run on the same server may crash it just now.
    const truth = await again(() => truthOf(server.database))
    const found = check(lives, truth, SLOTS)
    const [replays] = await again(() =>
      ask<{ count: number }>(
        server.url,
        `select (case when is_called then last_value else 0 end)::int as count from sync.replays`,
      ),
    )
    const answered = { 'receipts replayed': replays?.count ?? 0 }
    return { found, did: { ...did, ...counted(lives), ...answered } }
  } finally {
    for (const seat of seats) await seat.stop()
    await again(() => server.drop())
  }
}

/** Says the word to all and waits for their answers, as long as anybody gets on. */
async function told(seats: readonly Seat[], word: 'rest' | 'look', answer: Line['kind']) {
  for (const seat of seats) seat.tell(word)
  let words = 0
  let since = performance.now()
  while (!seats.every((seat) => seat.said(answer))) {
    const now = seats.reduce((sum, seat) => sum + seat.words, 0)
    if (now > words) since = performance.now()
    else if (performance.now() > since + REST_WITHOUT_A_WORD_MS) return
    words = now
    await sleep(20)
  }
}

/** Waits until nobody writes: what a desk that was killed had sent may be done long after it, at each look anew. */
async function quiet(url: string): Promise<void> {
  let before: string | undefined
  const since = performance.now()
  while (performance.now() < since + REST_WITHOUT_A_WORD_MS) {
    const [now] = await ask<{ writing: number; receipts: string }>(
      url,
      `select (select count(*)::int from pg_stat_activity
                where datname = current_database() and backend_xid is not null) as writing,
              (select count(*) || ' ' || count(outcome) from sync.receipt) as receipts`,
    )
    if (now?.writing === 0 && now.receipts === before) return
    before = now?.receipts
    await sleep(QUIET_MS)
  }
}

/**
 * What was said until now. Taken before the truth is read: what is said while it is being read may be true already and
 * not be in it.
 */
function soFar(seats: readonly Seat[]): readonly Life[] {
  return seats.flatMap(({ lives }) => lives.map((life) => ({ ...life, lines: [...life.lines] })))
}

/** What a crash of the server has cut off is asked again. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 20) throw error
      await sleep(LOOK_EVERY_MS)
    }
  }
}

/** Lets the desks work, and everything go wrong that the plan has. */
async function torment(arena: Arena, server: SharedServer, seats: readonly Seat[], plan: Plan) {
  const did = { terminated: 0, unplugged: 0, silences: 0, slow: 0, restarts: 0 }
  // Starting takes seconds; faults before the first command would meet nobody.
  while (!seats.every((seat) => seat.said('settled'))) await sleep(50)
  const began = performance.now()
  const underWay: Promise<void>[] = []
  let over = false
  let found: Found | undefined
  const watching = (async () => {
    while (plan.until && !over) {
      const lives = soFar(seats)
      const now = check(lives, await truthOf(server.database), SLOTS)
      if (now[plan.until].length > 0) {
        found = now
        over = true
      } else await sleep(LOOK_EVERY_MS)
    }
  })()
  for (const { at, kind, desk, more } of faultsOf(plan)) {
    while (!over && performance.now() < began + at) {
      await sleep(Math.min(LOOK_EVERY_MS, began + at - performance.now()))
    }
    if (over) break
    const seat = seats[desk] as Seat
    const { proxy } = seat
    if (kind === 'cut') proxy.cutAt = proxy.pieces + 1 + Math.floor(more * 30)
    else if (kind === 'answer') proxy.cutCommit = true
    else if (kind === 'kill') underWay.push(seat.kill())
    else if (kind === 'crash') {
      did.restarts += 1
      underWay.push(arena.crash())
    } else if (kind === 'terminate') {
      const rows = await ask(
        server.url,
        `with sessions as (
           select pid, row_number() over (order by pid) - 1 as place, count(*) over () as all
             from pg_stat_activity
            where application_name like 'allmend desk%' and datname = current_database()
         )
         select pg_terminate_backend(pid) from sessions where place = floor($1::float8 * "all")`,
        [more],
      ).catch(() => [])
      did.terminated += rows.length
    } else if (kind === 'slow') {
      did.slow += 1
      proxy.delay = 5 + more * 60
      setTimeout(() => {
        proxy.delay = 0
      }, 1500)
    } else {
      if (kind === 'unplug') proxy.unplug()
      else proxy.silence()
      did[kind === 'unplug' ? 'unplugged' : 'silences'] += 1
      setTimeout(() => proxy.heal(), 100 + more * 900)
    }
  }
  const end = began + plan.seconds * 1000
  while (!over && performance.now() < end)
    await sleep(Math.min(LOOK_EVERY_MS, end - performance.now()))
  over = true
  await Promise.all([watching, ...underWay])
  const all = {
    ...did,
    seconds: Math.round((performance.now() - began) / 1000),
    cuts: seats.reduce((sum, { proxy }) => sum + proxy.cuts, 0),
    'answers lost': seats.reduce((sum, { proxy }) => sum + proxy.commitsCut, 0),
    kills: seats.reduce((sum, { killed }) => sum + killed, 0),
  }
  return { did: all, found }
}

function counted(lives: readonly Life[]): Record<string, number> {
  const lines = lives.flatMap((life) => life.lines)
  const count = (matches: (line: Line) => boolean) => lines.filter(matches).length
  return {
    commands: count(({ kind }) => kind === 'gave'),
    accepted: count((line) => line.kind === 'settled' && line.status === 'accepted'),
    'sent twice at once': count(({ kind }) => kind === 'doubled'),
    refused: count((line) => line.kind === 'settled' && line.status === 'refused'),
    snapshots: count(({ kind }) => kind === 'pulled'),
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
