/** Seed: what the sample does not have, given as commands: competing requests, a waiting list, a denied one. */
import type { Page } from '@playwright/test'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { Desk, DispatchResult } from '../../core/contract.ts'
import { uuid7 } from '../../core/domain/uuid.ts'
import { freeSlot } from './clerk.ts'

export const fresh = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))

export async function give<N extends CommandName>(
  page: Page,
  name: N,
  args: ArgsOf<N>,
): Promise<void> {
  const reply = await page.evaluate(
    async (call) => (window as unknown as { desk: Desk }).desk.invoke('dispatch', call),
    { id: fresh(), name, args } as never,
  )
  if (!reply.ok || (reply.value as DispatchResult).status !== 'accepted') {
    throw new Error(JSON.stringify(reply))
  }
}

/** Three who want the Aula at the same time, one who has no rival, two who wait, one who was told no. */
export async function seedRequests(page: Page): Promise<void> {
  const aula = await freeSlot(page, 'Aula Zelgli')
  const saal = await freeSlot(page, 'Mehrzwecksaal')
  const room = await freeSlot(page, 'Sitzungszimmer 1')
  const wishes = [
    [aula, 'Jubiläumskonzert', 'Musikgesellschaft Musterwil', 'Beat Amstutz', 120, false],
    [aula, 'Elternabend', 'Schulpflege', 'Regula Frei', 80, false],
    [aula, 'Theaterprobe', 'Theaterverein', 'Corinne Vogt', 25, false],
    [saal, 'Hochzeitsapéro', '', 'Nadine und Luca Bernasconi', 90, false],
    [room, 'Generalversammlung', 'Imkerverein', 'Ueli Gerber', 18, true],
    [room, 'Vorstandssitzung', 'Samariterverein', 'Silvia Roth', 7, true],
    [saal, 'Firmenfeier', 'Gerber Holzbau AG', 'Ueli Gerber', 60, false],
  ] as const
  const tokens: string[] = []
  for (const [slot, title, organisation, name, persons, waiting] of wishes) {
    const token = fresh()
    tokens.push(token)
    await give(page, 'reservation.request', {
      token,
      resource: slot.hall.id,
      during: { start: slot.start, end: slot.end },
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons,
      person: { id: fresh(), name, organisation, phone: '079 555 01 40', email: '' },
      waiting,
    })
  }
  await give(page, 'request.decide', {
    decisions: [
      {
        token: tokens.at(-1) as string,
        as: 'denied',
        since: null,
        reason: 'nur für Vereine',
        ifLost: false,
      },
    ],
  })
}
