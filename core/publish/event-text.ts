/** What an event is called in public: its title where it has one, else that the time is taken or closed. */
import type { PublicEvent } from './public-calendar.ts'
import type { PublicWords } from './words.ts'

export function eventText(event: PublicEvent, words: PublicWords): string {
  if (event.because) return `${words.because} ${event.because}`
  const plain = event.kind === 'closed' ? words.closed : words.busy
  if (!event.title) return plain
  return event.kind === 'closed' ? `${words.closed}: ${event.title}` : event.title
}

/** `80 Personen · 3/12 Plätze`; empty where nothing is known or nothing may be shown. */
export function eventFacts(event: PublicEvent, words: PublicWords): string {
  const facts: string[] = []
  if (event.persons !== null) facts.push(`${event.persons} ${words.persons}`)
  if (event.places) facts.push(`${event.places.taken}/${event.places.of} ${words.places}`)
  return facts.join(' · ')
}
