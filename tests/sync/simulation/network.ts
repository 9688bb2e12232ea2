/**
 * Simulated network: the way of one desk to the server. Each message takes its own time; those of one connection keep
 * their order, those of two do not. Any may be lost, and its connection with it: at once, later, or without a word.
 */
import { Duplex } from 'node:stream'
import type { Client, SimulatedServer } from './server.ts'
import type { Life, World } from './world.ts'

export interface Weather {
  /** Of messages: how many are lost with their connection. */
  cuts: number
  /** Of cuts: how many leave nobody the wiser. */
  silent: number
  /** The longest usual way, in milliseconds; some messages take a hundred times as long. */
  way: number
}

export const CALM: Weather = { cuts: 0, silent: 0, way: 3 }

/** Until a server notices that nobody is there any more. */
const NOTICED_WITHIN_MS = 4000

export class SimulatedNetwork {
  weather: Weather = CALM
  plugged = true
  cuts = 0
  readonly #world: World
  readonly #server: SimulatedServer
  readonly #open = new Set<SimulatedSocket>()
  #count = 0

  constructor(world: World, server: SimulatedServer) {
    this.#world = world
    this.#server = server
  }

  socketOf(life: Life): SimulatedSocket {
    this.#count += 1
    const socket = new SimulatedSocket(this, this.#world, this.#server, life, `${this.#count}`)
    this.#open.add(socket)
    return socket
  }

  closed(socket: SimulatedSocket): void {
    this.#open.delete(socket)
  }

  unplug(): void {
    this.plugged = false
    for (const socket of [...this.#open]) socket.cut(false)
  }

  /** The desk is gone, and nobody says so. */
  abandon(): void {
    for (const socket of [...this.#open]) socket.cut(true)
    this.#open.clear()
  }

  way(): number {
    const { dice } = this.#world
    const { way } = this.weather
    return dice.next() * way * (dice.next() < 0.02 ? 100 : 1)
  }
}

export class SimulatedSocket extends Duplex implements Client {
  readonly name: string
  readonly #network: SimulatedNetwork
  readonly #world: World
  readonly #server: SimulatedServer
  readonly #life: Life
  #lastUp = 0
  #lastDown = 0
  /** Nothing passes any more, and nobody was told. */
  #dumb = false
  /** Neither does what was under way. */
  #lost = false
  #silence = 0
  #waiting: { cancelled: boolean } | undefined

  constructor(
    network: SimulatedNetwork,
    world: World,
    server: SimulatedServer,
    life: Life,
    number: string,
  ) {
    super()
    this.#network = network
    this.#world = world
    this.#server = server
    this.#life = life
    this.name = `${life.name}/${number}`
  }

  connect(): this {
    this.#world.later(this.#network.way(), this.#life, `connect ${this.name}`, () => {
      if (this.#network.plugged) this.emit('connect')
      else this.destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    })
    return this
  }

  answer(bytes: Buffer): void {
    this.#pass('down', () => {
      this.#listen()
      this.push(bytes)
    })
  }

  ended(): void {
    this.#world.later(this.#network.way(), this.#life, `end ${this.name}`, () => this.#reset())
  }

  /** Both ends are told, each in its time; of a silent one neither, and the server finds out at last. */
  cut(silent: boolean): void {
    if (this.#dumb) return
    const { dice } = this.#world
    this.#dumb = true
    this.#lost = dice.next() < 0.5
    this.#network.cuts += 1
    this.#world.later(dice.next() * NOTICED_WITHIN_MS, null, `lost ${this.name}`, () =>
      this.#server.leave(this),
    )
    if (!silent) this.ended()
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  setTimeout(milliseconds: number): this {
    this.#silence = milliseconds
    this.#listen()
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#send(Buffer.from(chunk))
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.#waiting) this.#waiting.cancelled = true
    this.#network.closed(this)
    if (!this.#dumb) {
      this.#dumb = true
      this.#world.later(this.#network.way(), null, `leave ${this.name}`, () =>
        this.#server.leave(this),
      )
    }
    done(error)
  }

  #send(bytes: Buffer): void {
    this.#listen()
    this.#pass('up', () => this.#server.receive(this, bytes))
  }

  #pass(way: 'up' | 'down', arrive: () => void): void {
    if (this.#dumb) return
    const { dice, now } = this.#world
    const { weather } = this.#network
    if (dice.next() < weather.cuts) {
      this.cut(dice.next() < weather.silent)
      return
    }
    const last = way === 'up' ? this.#lastUp : this.#lastDown
    const at = Math.max(last, now + this.#network.way())
    if (way === 'up') this.#lastUp = at
    else this.#lastDown = at
    // What is on its way up arrives although the desk may have died meanwhile.
    this.#world.later(at - now, way === 'up' ? null : this.#life, `${way} ${this.name}`, () => {
      if (!this.#lost) arrive()
    })
  }

  #listen(): void {
    if (this.#waiting) this.#waiting.cancelled = true
    if (this.#silence === 0 || this.destroyed) return
    this.#waiting = this.#world.later(this.#silence, this.#life, `silence ${this.name}`, () =>
      this.emit('timeout'),
    )
  }

  #reset(): void {
    this.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
  }
}
