/** Types the keys: a key that is not in the German catalogue does not compile. */
import type app from './de-CH/app.json'
import type attention from './de-CH/attention.json'
import type availability from './de-CH/availability.json'
import type backup from './de-CH/backup.json'
import type blockers from './de-CH/blockers.json'
import type booking from './de-CH/booking.json'
import type calendar from './de-CH/calendar.json'
import type database from './de-CH/database.json'
import type dates from './de-CH/dates.json'
import type finding from './de-CH/finding.json'
import type history from './de-CH/history.json'
import type holidays from './de-CH/holidays.json'
import type material from './de-CH/material.json'
import type people from './de-CH/people.json'
import type places from './de-CH/places.json'
import type publish from './de-CH/publish.json'
import type refusal from './de-CH/refusal.json'
import type requests from './de-CH/requests.json'
import type settings from './de-CH/settings.json'
import type start from './de-CH/start.json'
import type sync from './de-CH/sync.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: {
      app: typeof app
      attention: typeof attention
      availability: typeof availability
      backup: typeof backup
      blockers: typeof blockers
      booking: typeof booking
      calendar: typeof calendar
      database: typeof database
      dates: typeof dates
      finding: typeof finding
      history: typeof history
      holidays: typeof holidays
      material: typeof material
      places: typeof places
      publish: typeof publish
      refusal: typeof refusal
      people: typeof people
      requests: typeof requests
      settings: typeof settings
      start: typeof start
      sync: typeof sync
    }
  }
}
