/** Keys across the counter: handed out to a person until a day, and taken back. */
import { create, createAll, execute } from '../operations/operations.ts'
import { replan, STORE } from '../operations/replan.ts'
import { leastFree } from '../operations/trips.ts'
import { claimants, ensurePlaces } from '../store/material-claims.ts'
import { tripsTold } from '../store/material-names.ts'
import { lastStore, nextTrip, presentPieces } from '../store/material-pieces.ts'
import { placesTagged } from '../store/operations-claims.ts'
import { readLendable } from '../store/operations-lendable.ts'
import { personById } from '../store/people.ts'
import type { ArgsOf, CommandName, ResultOf } from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import * as calls from './material-calls.ts'
import { setFree } from './material-pieces.ts'
import { inWords, placeOf, workOf } from './material-work.ts'

type Define<N extends CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

export const keyHandOut: Define<'key.hand-out'> = {
  name: 'key.hand-out',
  version: 1,
  args: calls.keyHandOut,
  subjects: ({ item, person }, { operations }) => [item, person, ...operations],
  inverse: (_, { operations }) => ({
    name: 'trip.obliviate',
    args: { operations: operations.slice(0, 1), again: null },
  }),
  handle: (context, { item, person: id, at, until }) =>
    inWords(context, async () => {
      const { tx, now } = context
      if (at > now) return refused({ code: 'in-the-future' })
      if (until <= at) return refused({ code: 'end-before-start' })
      const [key] = await presentPieces(tx, [item])
      if (!key) return refused({ code: 'gone', what: 'piece' })
      const named = await personById(tx, id)
      const person = named?.mergedInto ? await personById(tx, named.mergedInto) : named
      if (!person) return refused({ code: 'gone', what: 'person' })
      const name = key.code ? `${key.name} ${key.code}` : key.name
      if (!(await placesTagged(tx, STORE)).has(key.place)) {
        return refused({ code: 'key-out', name, place: key.placeName, since: key.from })
      }
      const work = workOf(context)
      await setFree(work, [key])
      const place = placeOf(person.id)
      await ensurePlaces(tx, [
        { id: place, name: '', parent: null, tag: null, resource: null, borrower: person.id },
      ])
      const move = { kind: 'move' as const, actor: context.actor.name }
      const [out, back] = await createAll(work, [
        { ...move, state: 'done', input: key.avatar, place, dtExecution: at },
        { ...move, after: 0, place: key.place, dtExecution: until },
      ])
      if (!out || !back) throw new Error('a key was not handed out')
      const end = Math.max(until, now)
      const asked = { type: key.type, from: at, until: end, now, tag: STORE }
      const least = leastFree(await readLendable(tx, asked), at, end)
      if (least < 0) {
        const by = await claimants(tx, key.type, at, end, null)
        const wish = { name: key.name, wanted: 1, free: 0, start: at, end }
        return refused({ code: 'too-few-pieces', ...wish, by: by.slice(0, 5) })
      }
      await replan(work, [key.type])
      return accepted({
        operations: [out.id, back.id],
        name: key.name,
        code: key.code ?? '',
        who: person.organisation || person.name,
      })
    }),
}

export const keyTakeBack: Define<'key.take-back'> = {
  name: 'key.take-back',
  version: 1,
  args: calls.keyTakeBack,
  subjects: ({ item }, { operations }) => [item, ...operations],
  inverse: (_, { operations, planned }) => ({
    name: 'trip.obliviate',
    args: { operations, again: planned },
  }),
  handle: (context, { item, at }) =>
    inWords(context, async () => {
      const { tx } = context
      if (at > context.now) return refused({ code: 'in-the-future' })
      const [key] = await presentPieces(tx, [item])
      if (!key) return refused({ code: 'gone', what: 'piece' })
      const name = key.code ? `${key.name} ${key.code}` : key.name
      const stores = await placesTagged(tx, STORE)
      if (stores.has(key.place)) return refused({ code: 'key-in', name, place: key.placeName })
      const work = workOf(context)
      const next = await nextTrip(tx, key.avatar)
      const told = { name: key.name, code: key.code ?? '', who: key.placeName }
      if (next?.place && stores.has(next.place)) {
        const [row] = await tripsTold(tx, [next.id])
        await execute(work, [next.id], at)
        await replan(work, [key.type])
        // What is planned for a booking is planned again by itself.
        const planned = next.claim === null ? (row?.at ?? at) : null
        return accepted({ operations: [next.id], ...told, planned })
      }
      const home = await lastStore(tx, item, [...stores])
      if (home === undefined) return refused({ code: 'gone', what: 'store' })
      await setFree(work, [key])
      const back = await create(work, {
        kind: 'move',
        state: 'done',
        input: key.avatar,
        place: home,
        dtExecution: at,
        actor: context.actor.name,
      })
      await replan(work, [key.type])
      return accepted({ operations: [back.id], ...told, planned: null })
    }),
}
