/**
 * Hostile proxy: the network between a desk and its server, as bad as a test wants it.
 *
 * It cuts connections at a chosen piece of the traffic, swallows everything without a word, or is not there at all.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What a server says at the end of a transaction. */
const COMMITTED = Buffer.from('COMMIT\0')

export class HostileProxy {
  /** Pieces of traffic, in either direction, that have passed; each is what one read of a socket brought. */
  pieces = 0
  /** Cuts every connection in place of passing on the piece of this number. */
  cutAt: number | null = null
  /** Cuts in place of passing on the next word of the server that a commit is done: the worst moment there is. */
  cutCommit = false
  /** Connections that were cut. */
  cuts = 0
  /** Commits of which the answer was lost. */
  commitsCut = 0
  /** How often a desk spoke after it had heard something: round trips. */
  trips = 0
  /** How long every piece is under way, in milliseconds. None overtakes another, also where this gets less. */
  delay = 0
  /** Changes what a desk says to the server on its way. */
  rewrite: ((bytes: Buffer) => Buffer) | null = null
  readonly #server: Server
  #target: URL
  readonly #open = new Set<Socket>()
  #silent = false
  #unplugged = false

  private constructor(target: URL) {
    this.#target = target
    this.#server = createServer((desk) => this.#carry(desk))
  }

  /** `address` of a server. */
  static async before(address: string): Promise<HostileProxy> {
    const proxy = new HostileProxy(new URL(address))
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  /** The same server, through here. */
  get address(): string {
    const { port } = this.#server.address() as { port: number }
    const through = new URL(this.#target)
    through.host = `127.0.0.1:${port}`
    return through.href
  }

  /** From now on it leads to another server, as when a name means another one. */
  lead(address: string): void {
    this.#target = new URL(address)
    this.cut()
  }

  cut(): void {
    this.cuts += this.#open.size / 2
    for (const socket of this.#open) socket.destroy()
  }

  /** A cable that is out: nothing connects, and what was connected is cut. */
  unplug(): void {
    this.#unplugged = true
    this.cut()
  }

  /** Half open: connections stay, and nothing passes any more. */
  silence(): void {
    this.#silent = true
  }

  heal(): void {
    this.#unplugged = false
    // What was swallowed is lost: a network that speaks again after a silence begins anew.
    if (this.#silent) this.cut()
    this.#silent = false
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.cut()
    await closed
  }

  /** As TCP does it: late, but in the order in which it was said. */
  #inOrder(to: Socket): (bytes: Buffer) => void {
    const underWay: { at: number; bytes: Buffer }[] = []
    const arrive = () => {
      for (let [first] = underWay; first; [first] = underWay) {
        const early = first.at - performance.now()
        if (early > 0) {
          setTimeout(arrive, early)
          return
        }
        underWay.shift()
        to.write(first.bytes)
      }
    }
    return (bytes) => {
      const at = performance.now() + this.delay
      if (this.delay === 0 && underWay.length === 0) to.write(bytes)
      else if (underWay.push({ at, bytes }) === 1) arrive()
    }
  }

  #carry(desk: Socket): void {
    if (this.#unplugged) {
      desk.resetAndDestroy()
      return
    }
    let heard = true
    const server = connect({ host: this.#target.hostname, port: Number(this.#target.port) })
    for (const [from, to] of [
      [desk, server],
      [server, desk],
    ] as const) {
      this.#open.add(from)
      const pass = this.#inOrder(to)
      from.setNoDelay(true)
      from.on('error', () => {})
      from.on('close', () => {
        this.#open.delete(from)
        to.destroy()
      })
      from.on('data', (bytes: Buffer) => {
        if (this.#silent) return
        this.pieces += 1
        if (from === desk && heard) this.trips += 1
        heard = from === server
        if (this.pieces === this.cutAt) return this.cut()
        if (this.cutCommit && from === server && bytes.includes(COMMITTED)) {
          this.cutCommit = false
          this.commitsCut += 1
          return this.cut()
        }
        const said = from === desk && this.rewrite ? this.rewrite(bytes) : bytes
        pass(said)
      })
    }
  }
}
