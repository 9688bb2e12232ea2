/** InTheWay: the bookings that were faster: what they are, who has them, who entered them and when, and who was first. */
import { useTranslation } from 'react-i18next'
import type { InTheWay as Entry, Refusal } from '../../../core/domain/refusal.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Attention.module.css'

/** More are not called. */
const MOST = 3

/** Those of a refusal that can be named one by one. */
export function inTheWayOf(refusal: Refusal | null): readonly Entry[] {
  return refusal?.code === 'taken' ? refusal.by.slice(0, MOST) : []
}

type Props = Readonly<{
  entries: readonly Entry[]
  /** The hall that was wanted. */
  hall: string
  /** When the server decided about ours. */
  at: number
}>

export function InTheWay({ entries, hall, at }: Props) {
  const { t } = useTranslation('attention')
  const format = useFormat()
  const [first] = entries
  const { rows: row } = useQuery('booking.one', first ? { token: first.token } : null)
  return (
    <dl className={classes.facts}>
      <dt>{t('other')}</dt>
      <dd>
        {entries.map((each) => (
          <Faster key={`${each.token} ${each.start}`} each={each} hall={hall} />
        ))}
      </dd>
      {row && row.createdAt > 0 && row.createdAt < at && (
        <>
          <dt>{t('first')}</dt>
          <dd>{t('firstOther', { other: format.time(row.createdAt), own: format.time(at) })}</dd>
        </>
      )}
    </dl>
  )
}

function Faster({ each, hall }: Readonly<{ each: Entry; hall: string }>) {
  const { t } = useTranslation('attention')
  const format = useFormat()
  const { token, title, number, start, end, resourceName } = each
  const { rows: row } = useQuery('booking.one', { token })
  const who = row?.person ? row.person.organisation || row.person.name : ''
  const when = row ? format.moment(row.createdAt) : ''
  const name = !title
    ? t('otherUnnamed')
    : number > 0
      ? t('otherEntry', { title, number })
      : t('otherPlain', { title })
  const where = resourceName === hall ? '' : resourceName
  return (
    <p>
      <button
        type="button"
        className={classes.link}
        onClick={() => useView.getState().select(token)}
      >
        {name}
      </button>
      {[where, format.times(start, end), who].filter(Boolean).map((fact) => `, ${fact}`)}
      {row && (
        <span className={classes.entered}>
          {row.createdBy ? t('enteredBy', { when, who: row.createdBy }) : t('entered', { when })}
        </span>
      )}
    </p>
  )
}
