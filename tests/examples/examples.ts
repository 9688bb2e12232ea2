/** The three uses the library was made for, by the names that `npm run example` takes. */
import type { Database } from '../../core/store/database.ts'
import { communityHall } from './community-hall.ts'
import { meetingRooms } from './meeting-rooms.ts'
import { nursery } from './nursery.ts'
import type { Say } from './say.ts'

export const examples: ReadonlyMap<string, (database: Database, say: Say) => Promise<void>> =
  new Map([
    ['meeting-rooms', meetingRooms],
    ['nursery', nursery],
    ['community-hall', communityHall],
  ])
