/**
 * Broken: three ways of building this wrong, made outside of the product, on the server and on the wire. The checker has
 * to find each; a checker that finds nothing in them proves nothing elsewhere.
 */
import type { HostileProxy } from '../harness/hostile-proxy.ts'
import { ask } from '../harness/shared-server.ts'
import type { Violation } from './checker.ts'

export const BROKEN = ['no-receipts', 'read-committed', 'naive-cursor'] as const
export type Broken = (typeof BROKEN)[number]

/** What each of them must lead to. */
export const LEADS_TO: Readonly<Record<Broken, Violation>> = {
  'no-receipts': 'refused yet applied',
  'read-committed': 'overbooked',
  'naive-cursor': 'replica diverged',
}

/** Every receipt gets an id of its own, so that a command sent again is taken for a new one. */
export const FORGET = `
  create sequence sync.forgotten;
  grant usage on sync.forgotten to public;
  create function sync.forget() returns trigger language plpgsql as $$
  begin
    new.command_id := gen_random_uuid();
    new.desk_seq := -nextval('sync.forgotten');
    return new;
  end $$;
  create trigger forget before insert on sync.receipt for each row execute function sync.forget();
`

/** Takes back what `no-receipts` does to a server. */
export const BROKEN_OFF =
  'drop function if exists sync.forget() cascade; drop sequence if exists sync.forgotten'

/** What was under way at the last snapshot counts as seen. */
const NAIVE = `
  create or replace function sync.changes_since(seen pg_snapshot, newest xid8 default null, number bigint default null)
    returns table (changed text, keys text[]) language sql stable as $$
    select c.tbl, array_agg(distinct c.pk) from sync.change c
     where c.xid >= pg_snapshot_xmax(seen) group by c.tbl
  $$;
`

const SERIALIZABLE = 'start transaction isolation level serializable'
const COMMITTED = 'begin isolation level read committed'.padEnd(SERIALIZABLE.length)

export async function breakServer(url: string, broken: Broken): Promise<void> {
  if (broken === 'no-receipts') await ask(url, FORGET)
  if (broken === 'naive-cursor') await ask(url, NAIVE)
}

export function breakWire(proxy: HostileProxy, broken: Broken): void {
  if (broken !== 'read-committed') return
  // A long way to the server: transactions last, and meet.
  proxy.delay = 4
  proxy.rewrite = (bytes) =>
    Buffer.from(bytes.toString('latin1').replaceAll(SERIALIZABLE, COMMITTED), 'latin1')
}
