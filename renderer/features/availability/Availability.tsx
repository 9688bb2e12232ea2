/** Availability: the periods of all halls, their editors, the places of one date, and the blockers; by route. */
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { BlockEditor } from './BlockEditor.tsx'
import { Blockers } from './Blockers.tsx'
import { ClearUnused } from './ClearUnused.tsx'
import { PeriodEditor } from './PeriodEditor.tsx'
import { Periods } from './Periods.tsx'
import { PlacesOf } from './PlacesOf.tsx'

export function Availability() {
  const route = useView((view) => view.route)
  const { rows: halls } = useQuery('resource.all', {})
  if (!halls) return null
  const [path = '', query = ''] = route.split('?', 2)
  const [, section = '', rule = null] = path.split('/')
  const asked = new URLSearchParams(query)
  const chosen = (asked.get('halls') ?? '').split(',').filter(Boolean)
  switch (section) {
    case 'new':
      return <PeriodEditor halls={halls} rule={null} chosen={chosen} />
    case 'edit':
      return <PeriodEditor key={rule} halls={halls} rule={rule} chosen={[]} />
    case 'clear':
      return <ClearUnused halls={halls} chosen={chosen} />
    case 'blockers':
      return <Blockers halls={halls} />
    case 'block':
      return <BlockEditor halls={halls} chosen={chosen} day={asked.get('day')} />
    case 'places':
      return <PlacesOf halls={halls} path={path} />
    default:
      return <Periods halls={halls} />
  }
}
