/**
 * Server: the same desk for a browser on this machine. It listens on 127.0.0.1 and nowhere else, gives out the
 * built files, and speaks the calls of the contract over one WebSocket per page.
 */
import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { DeskEvent } from '../../core/contract.ts'
import type { Log } from '../../core/ports.ts'
import type { Answer } from '../main/calls.ts'
import { guardHeaders, serveStatic } from '../main/statics.ts'
import { type Access, openAccess } from './access.ts'

/** More than the largest call, and far too little to hurt. */
const LARGEST_MESSAGE_BYTES = 4 * 1024 * 1024

export interface WebDesk {
  readonly port: number
  /** With the key in it: whoever has it can use the desk. */
  readonly address: string
  send(event: DeskEvent): void
  close(): Promise<void>
}

export interface WebSettings {
  readonly folder: string
  /** 0 = any free one. */
  readonly port: number
  readonly answer: Answer
  readonly log: Log
}

/** One call: `{ n, call, argument }` in, `{ n, reply }` out. */
async function hear(socket: WebSocket, data: string, answer: Answer): Promise<void> {
  let heard: { n?: unknown; call?: unknown; argument?: unknown }
  try {
    heard = JSON.parse(data)
  } catch {
    socket.close(1007)
    return
  }
  if (typeof heard !== 'object' || heard === null || typeof heard.n !== 'number') {
    socket.close(1008)
    return
  }
  const reply = await answer(heard.call, heard.argument)
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ n: heard.n, reply }))
}

function refuse(stream: Duplex): void {
  stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
    })
  })
}

/** Rejects with what the system says where the port cannot be had (`EADDRINUSE`, `EACCES`). */
export async function openWebDesk({ folder, port, answer, log }: WebSettings): Promise<WebDesk> {
  let access: Access
  const server = createServer(async (request, response) => {
    if (!access.allows(request)) {
      log.write('warn', 'a request without the key or from elsewhere was refused')
      response.writeHead(403, { ...guardHeaders, 'Content-Type': 'text/plain' }).end()
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, guardHeaders).end()
      return
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const { status, headers, body } = await serveStatic(folder, pathname)
    const cookie = searchParams.has('key') ? { 'Set-Cookie': access.cookie } : {}
    response.writeHead(status, { ...headers, ...cookie, 'Content-Length': body.byteLength })
    response.end(request.method === 'HEAD' ? undefined : body)
  })

  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES })
  server.on('upgrade', (request, stream, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    // A browser always names its origin here; what does not is no page of ours.
    if (pathname !== '/desk' || request.headers.origin === undefined || !access.allows(request)) {
      log.write('warn', 'a socket without the key or from elsewhere was refused')
      refuse(stream)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(1003)
        else void hear(socket, String(data), answer)
      })
      socket.on('error', (error) => log.write('warn', 'a socket failed', { error }))
    })
  })

  const bound = await listen(server, port)
  access = openAccess(bound)
  return {
    port: bound,
    address: `http://127.0.0.1:${bound}/?key=${access.key}`,
    send(event) {
      const text = JSON.stringify({ event })
      for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.send(text)
    },
    close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
