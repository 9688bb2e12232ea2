/**
 * Envelope: a command on its way, as it stands in the journal and as the authority receives it.
 */
import type { CommandName } from '../commands/calls.ts'
import type { Instant, Uuid } from '../domain/time.ts'

export type Envelope = Readonly<{
  id: Uuid
  /** The place in this desk's line, from 1. */
  seq: number
  name: CommandName
  version: number
  args: unknown
  actor: string
  /** When the clerk gave it, UTC milliseconds. */
  issuedAt: Instant
  /** On a desk that shares a server: not sent after this without a person's word. Absent: never too old. */
  expiresAt?: Instant
  /** Earlier commands without which this one has no sense: it names what they make. */
  dependsOn?: readonly Uuid[]
}>
