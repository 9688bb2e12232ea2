/** Availability: the periods of all halls, their editors, the places of one date, and the blockers; by route. */
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { ClearUnused } from './ClearUnused.tsx'
import { PeriodEditor } from './PeriodEditor.tsx'
import { Periods } from './Periods.tsx'

export function Availability() {
  const route = useView((view) => view.route)
  const { rows: halls } = useQuery('resource.all', {})
  if (!halls) return null
  const [path = '', query = ''] = route.split('?', 2)
  const [, section = '', rule = null] = path.split('/')
  const chosen = (new URLSearchParams(query).get('halls') ?? '').split(',').filter(Boolean)
  switch (section) {
    case 'new':
      return <PeriodEditor halls={halls} rule={null} chosen={chosen} />
    case 'edit':
      return <PeriodEditor key={rule} halls={halls} rule={rule} chosen={[]} />
    case 'clear':
      return <ClearUnused halls={halls} chosen={chosen} />
    default:
      return <Periods halls={halls} />
  }
}
