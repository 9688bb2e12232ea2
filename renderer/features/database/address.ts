/**
 * Address: what is typed about a shared server, as typed, and what the server said when it was last asked.
 *
 * Kept outside of any screen: connecting closes the desk and opens another, and nothing typed may be lost when that
 * does not work. The password is forgotten as soon as it does. Pure but for its store.
 */
import { create } from 'zustand'
import { type ServerAddress, type ServerTest, serverAddress } from '../../../core/contract.ts'

export type Texts = Readonly<Record<Exclude<keyof ServerAddress, 'tls'>, string> & { tls: boolean }>
export type Field = keyof Texts
/** Fields that may not be empty. */
export const NEEDED = ['host', 'port', 'database', 'user', 'label'] as const
export type Missing = Readonly<Partial<Record<(typeof NEEDED)[number], true>>>

const USUAL_PORT = '5432'
export const NOTHING_TYPED: Texts = {
  host: '',
  port: USUAL_PORT,
  database: '',
  user: '',
  password: '',
  tls: true,
  ca: '',
  label: '',
}

export interface Typing {
  texts: Texts
  missing: Missing
  /** Of what stands in `texts`: typing makes it null. */
  test: ServerTest | null
  /** A first start has been answered with the shared database. */
  connecting: boolean
}

export const useTyping = create<Typing>(() => ({
  texts: NOTHING_TYPED,
  missing: {},
  test: null,
  connecting: false,
}))

export function type(part: Partial<Texts>): void {
  useTyping.setState(({ texts }) => ({ texts: { ...texts, ...part }, missing: {}, test: null }))
}

/** Begins with an address that is kept already. */
export function typeOver(address: ServerAddress): void {
  const texts = { ...address, port: String(address.port) }
  useTyping.setState({ texts, missing: {}, test: null })
}

export function forget(): void {
  useTyping.setState({ texts: NOTHING_TYPED, missing: {}, test: null, connecting: false })
}

/** The address that was typed; null where something is missing, which stands at its field then. */
export function readTexts(texts: Texts): ServerAddress | Missing {
  const read = serverAddress.safeParse({ ...texts, port: Number(texts.port.trim() || Number.NaN) })
  if (read.success) return read.data
  const wrong = new Set(read.error.issues.map(({ path }) => path[0]))
  return Object.fromEntries(NEEDED.filter((field) => wrong.has(field)).map((one) => [one, true]))
}

export function isAddress(read: ServerAddress | Missing): read is ServerAddress {
  return 'tls' in read
}

/** What a whole address names, as administrators hand it over; null for anything else. */
export function pasted(text: string): Partial<Texts> | null {
  if (!/^postgres(ql)?:\/\//i.test(text.trim())) return null
  try {
    const { hostname, port, pathname, username, password, searchParams } = new URL(text.trim())
    const found = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port || USUAL_PORT,
      database: decodeURIComponent(pathname.slice(1)),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    }
    const mode = searchParams.get('sslmode')
    const named = Object.entries(found).filter(([, value]) => value !== '')
    return { ...Object.fromEntries(named), ...(mode === null ? {} : { tls: mode !== 'disable' }) }
  } catch {
    return null
  }
}
