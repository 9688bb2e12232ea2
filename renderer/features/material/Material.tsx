/** Material: equipment and keys. The caretaker's day, the stock, the keys, and what there is at all. */
import { sectionOf } from '../../desk/route.ts'
import { useView } from '../../desk/store.ts'
import { DaySheet } from './DaySheet.tsx'
import { ItemLife } from './ItemLife.tsx'
import { Keyboard } from './Keyboard.tsx'
import { Stock } from './Stock.tsx'
import { Things } from './Things.tsx'

export function Material() {
  const route = useView((view) => view.route)
  const section = sectionOf(route)
  const item = route.split('/')[2]
  if (section === 'item' && item) return <ItemLife item={item} />
  if (section === 'stock') return <Stock />
  if (section === 'keys') return <Keyboard />
  if (section === 'things') return <Things />
  return <DaySheet />
}
