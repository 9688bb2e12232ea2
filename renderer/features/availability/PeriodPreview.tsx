/** PeriodPreview: what a period would do, before it does it: counts, hall by weekday, overlaps, and who is touched. */
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { PreviewRows } from '../../../core/queries/availability-rows.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useFormat } from '../../format/useFormat.ts'
import { AffectedList } from './AffectedList.tsx'
import classes from './Editor.module.css'
import { WEEK } from './form.ts'

type Props = Readonly<{
  preview: PreviewRows | null
  halls: readonly ResourceRow[]
  changing: boolean
}>

/** As many overlaps as one reads. */
const SHOWN_OVERLAPS = 20

export function PeriodPreview({ preview, halls, changing }: Props) {
  const { t } = useTranslation('availability')
  const format = useFormat()
  if (!preview) return <p className={classes.none}>{t('preview.none')}</p>
  const name = (id: string) => halls.find((hall) => hall.id === id)?.name ?? ''
  const counts = changing
    ? ([
        ['exists', preview.exists],
        ['change', preview.change],
        ['create', preview.create],
        ['remove', preview.remove],
        ['keep', preview.keep],
        ['overlaps', preview.overlaps],
        ['excepted', preview.excepted],
      ] as const)
    : ([
        ['create', preview.create],
        ['exists', preview.exists],
        ['overlaps', preview.overlaps],
        ['excepted', preview.excepted],
      ] as const)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own
    <div className={classes.preview} tabIndex={0} aria-live="polite">
      <dl className={classes.counts}>
        {counts.map(([kind, count]) => (
          <div key={kind} data-kind={kind} data-none={count === 0 || undefined}>
            <dd>{format.number(count)}</dd>
            <dt>{t(`preview.${changing && kind === 'exists' ? 'untouched' : kind}`)}</dt>
          </div>
        ))}
      </dl>
      {preview.affected.length > 0 && (
        <>
          <h2>{t('preview.affected')}</h2>
          <AffectedList rows={preview.affected} />
        </>
      )}
      <table className={classes.matrix}>
        <caption className="visually-hidden">{t('preview.matrix')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('preview.hall')}</th>
            {WEEK.map((each) => (
              <th key={each} scope="col">
                {format.weekday(each)}
              </th>
            ))}
            <th scope="col">{t('preview.new')}</th>
            <th scope="col">{t('preview.there')}</th>
            <th scope="col">{t('preview.off')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.halls.map((hall) => (
            <tr key={hall.resource}>
              <th scope="row">{name(hall.resource)}</th>
              {hall.byWeekday.map((count, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: seven weekdays that never move
                <td key={index} data-none={count === 0 || undefined}>
                  {count === 0 ? '·' : format.number(count)}
                </td>
              ))}
              <td className={classes.sum}>{format.number(hall.create)}</td>
              <td data-warn={hall.overlaps > 0 || undefined}>
                {hall.exists + hall.overlaps === 0 ? '·' : hall.exists + hall.overlaps}
              </td>
              <td>{hall.excepted === 0 ? '·' : hall.excepted}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.overlapping.length > 0 && (
        <>
          <h2>{t('preview.overlapTitle', { count: preview.overlaps })}</h2>
          <ul className={classes.list}>
            {preview.overlapping.slice(0, SHOWN_OVERLAPS).map((each) => (
              <li key={`${each.resource} ${each.start}`}>
                <span>{name(each.resource)}</span>
                <span>{format.span(each.start, each.end)}</span>
                <span>
                  {t('preview.overlapBy', {
                    when:
                      dayOf(each.by.start, format.zone) === dayOf(each.start, format.zone)
                        ? format.times(each.by.start, each.by.end)
                        : format.span(each.by.start, each.by.end),
                  })}
                </span>
              </li>
            ))}
          </ul>
          {preview.overlaps > SHOWN_OVERLAPS && (
            <p className={classes.more}>
              {t('preview.more', { count: preview.overlaps - SHOWN_OVERLAPS })}
            </p>
          )}
        </>
      )}
    </div>
  )
}
