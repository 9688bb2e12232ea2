/** Data as it is: whatever a caller gives is JSON already. */
import type { JsonSerializer } from './context.ts'

export const plainJson: JsonSerializer = { dump: (data) => data, load: (data) => data }
