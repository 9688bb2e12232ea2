/** TLS proxy: a server that encrypts, before one that does not, with a certificate of a test's own authority. */
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'

const folder = join(import.meta.dirname, 'tls')
export const CA = join(folder, 'ca.pem')
export const OTHER_CA = join(folder, 'other-ca.pem')

/** How a client of Postgres asks for encryption: eight bytes with this number. */
const ASKS_FOR_TLS = 80_877_103

export class TlsProxy {
  readonly #server: Server
  readonly #target: URL
  readonly #open = new Set<Socket>()

  private constructor(target: URL) {
    this.#target = target
    this.#server = createServer((desk) => this.#greet(desk))
  }

  /** `address` of a server; `at`: where it is reached. */
  static async before(address: string, at = '127.0.0.1'): Promise<TlsProxy> {
    const proxy = new TlsProxy(new URL(address))
    await new Promise<void>((resolve) => proxy.#server.listen(0, at, resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#open) socket.destroy()
    await closed
  }

  #greet(desk: Socket): void {
    this.#keep(desk)
    desk.once('data', (asked: Buffer) => {
      if (asked.length !== 8 || asked.readUInt32BE(4) !== ASKS_FOR_TLS) return desk.destroy()
      desk.write('S')
      const secure = new TLSSocket(desk, {
        isServer: true,
        secureContext: createSecureContext({
          cert: readFileSync(join(folder, 'server.pem')),
          key: readFileSync(join(folder, 'server-key.pem')),
        }),
      })
      const server = connect({ host: this.#target.hostname, port: Number(this.#target.port) })
      this.#keep(server)
      secure.on('error', () => desk.destroy())
      secure.pipe(server).pipe(secure)
    })
  }

  #keep(socket: Socket): void {
    this.#open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => this.#open.delete(socket))
  }
}
