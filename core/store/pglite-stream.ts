/**
 * PGlite stream: what `pg` takes for the socket of a server.
 *
 * It answers the greeting itself, because the embedded database has no users and no password, and clears what an
 * earlier session left. All that is written in one turn travels as one message.
 */
import { Duplex } from 'node:stream'
import type { Link } from './pglite-link.ts'

/** AuthenticationOk and ReadyForQuery (idle), as bytes of the protocol. */
const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])
const TERMINATE = 0x58
const READY = 0x5a

function simpleQuery(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`)
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeInt32BE(text.length + 4, 1)
  return Buffer.concat([head, text])
}

/** Two messages, because DISCARD ALL refuses to run inside a transaction. */
const RESET = [simpleQuery('rollback'), simpleQuery('discard all')]

export class PgliteStream extends Duplex {
  readonly #link: Link
  #greeted = false
  /** Answers of the reset that are still to come, and are not for `pg`. */
  #unheard = 0
  #waiting: Buffer[] = []

  constructor(link: Link) {
    super()
    this.#link = link
  }

  connect(): this {
    queueMicrotask(() => {
      if (this.#link.gone) this.destroy(this.#link.gone)
      else this.emit('connect')
    })
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
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
    this.#take(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    for (const { chunk } of chunks) this.#take(chunk)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#link.onAnswer = () => {}
    this.#link.onGone = () => {}
    done(error)
  }

  #take(chunk: Buffer): void {
    if (!this.#greeted) {
      this.#greet()
    } else if (chunk[0] === TERMINATE) {
      this.push(null)
    } else {
      this.#waiting.push(chunk)
      if (this.#waiting.length === 1) queueMicrotask(() => this.#flush())
    }
  }

  #greet(): void {
    this.#greeted = true
    this.#link.onGone = (error) => this.destroy(error)
    this.#link.onAnswer = (piece) => this.#hear(piece)
    this.#unheard = RESET.length
    for (const query of RESET) this.#link.send(new Uint8Array(query))
  }

  #hear(piece: Uint8Array): void {
    if (this.#unheard === 0) {
      this.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
      return
    }
    // Every answer ends with ReadyForQuery, six bytes, and these are far smaller than one piece.
    if (piece.at(-6) === READY && --this.#unheard === 0) this.push(GREETING)
  }

  #flush(): void {
    let length = 0
    for (const chunk of this.#waiting) length += chunk.length
    const bytes = new Uint8Array(length)
    let at = 0
    for (const chunk of this.#waiting) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    this.#waiting = []
    if (!this.destroyed && !this.#link.gone) this.#link.send(bytes)
  }
}
