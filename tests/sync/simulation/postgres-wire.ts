/** Postgres wire: as much of the protocol as a server needs to know that serves several with one session. */

const SYNC = 0x53
const QUERY = 0x51
const TERMINATE = 0x58
const PARSE = 0x50
const BIND = 0x42
const DESCRIBE = 0x44
const CLOSE = 0x43
const STATEMENT = 0x53

/** AuthenticationOk and ReadyForQuery (idle). */
export const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])

export type Group = Readonly<{ bytes: Buffer; ends: boolean; text: string }>

export function query(text: string): Buffer {
  return message(QUERY, Buffer.from(`${text}\0`))
}

export function failure(code: string, text: string): Buffer {
  const fields = Buffer.from(`SERROR\0VERROR\0C${code}\0M${text}\0\0`)
  return Buffer.concat([message(0x45, fields), Buffer.from([0x5a, 0, 0, 0, 5, 0x49])])
}

/** I: no transaction; T: in one; E: in one that has failed. */
export function statusOf(answer: Buffer): string {
  return String.fromCharCode(answer.at(-1) ?? 0)
}

function message(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head[0] = type
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** What one client says, cut into what is answered together. */
export class Groups {
  readonly #prefix: string
  #rest = Buffer.alloc(0)
  #open: Buffer[] = []
  #greeted = false

  /** Statements are prepared under names; with a prefix those of two clients do not meet. */
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** The greeting is a group of its own, with no bytes. */
  take(bytes: Buffer): readonly Group[] {
    this.#rest = Buffer.concat([this.#rest, bytes])
    const groups: Group[] = []
    if (!this.#greeted) {
      if (this.#rest.length < 4 || this.#rest.length < this.#rest.readInt32BE(0)) return []
      this.#rest = this.#rest.subarray(this.#rest.readInt32BE(0))
      this.#greeted = true
      groups.push({ bytes: Buffer.alloc(0), ends: false, text: '' })
    }
    while (this.#rest.length >= 5 && this.#rest.length >= 1 + this.#rest.readInt32BE(1)) {
      const length = 1 + this.#rest.readInt32BE(1)
      const one = this.#rest.subarray(0, length)
      this.#rest = this.#rest.subarray(length)
      const type = one[0]
      this.#open.push(this.#named(one))
      if (type !== SYNC && type !== QUERY && type !== TERMINATE) continue
      const text = type === QUERY ? one.subarray(5, -1).toString().toLowerCase() : ''
      groups.push({ bytes: Buffer.concat(this.#open), ends: type === TERMINATE, text })
      this.#open = []
    }
    return groups
  }

  #named(one: Buffer): Buffer {
    const body = one.subarray(5)
    switch (one[0]) {
      case PARSE:
        return message(PARSE, this.#renamed(body, 0))
      case BIND:
        return message(BIND, this.#renamed(body, body.indexOf(0) + 1))
      case DESCRIBE:
      case CLOSE:
        return body[0] === STATEMENT ? message(one[0] as number, this.#renamed(body, 1)) : one
      default:
        return one
    }
  }

  #renamed(body: Buffer, at: number): Buffer {
    if (body[at] === 0) return body
    return Buffer.concat([body.subarray(0, at), Buffer.from(this.#prefix), body.subarray(at)])
  }
}
