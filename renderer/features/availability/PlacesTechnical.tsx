/** PlacesTechnical: for administrators: the rows behind the places, and what libres' own reorganisation would do. */
import { useTranslation } from 'react-i18next'
import type { PlacesRow } from '../../../core/queries/places-rows.ts'
import classes from './Places.module.css'

export function PlacesTechnical({ row }: { row: PlacesRow }) {
  const { t } = useTranslation('places')
  return (
    <details className={classes.technical}>
      <summary>{t('technical')}</summary>
      <p>
        {t('group')} <code>{row.group}</code>
        {row.rule && (
          <>
            {' · '}
            {t('rule')} <code>{row.rule}</code>
          </>
        )}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('columns.place')}</th>
            <th scope="col">uuid</th>
            <th scope="col">id</th>
            <th scope="col">{t('columns.slots')}</th>
          </tr>
        </thead>
        <tbody>
          {row.lanes.map((lane, index) => (
            <tr key={lane.uuid}>
              <td>{index === 0 ? `1 (${t('master')})` : index + 1}</td>
              <td>
                <code>{lane.uuid}</code>
              </td>
              <td>{lane.row ?? t('imaginary')}</td>
              <td>{lane.slots}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {row.dryRun.length > 0 && (
        <>
          <h2>{t('dryRun')}</h2>
          <ul>
            {row.dryRun.map(({ places, moves }) => (
              <li key={places}>
                {row.places} → {places}:{' '}
                {moves === null
                  ? t('dryRefused')
                  : moves.length === 0
                    ? t('dryNothing')
                    : moves.map((move) => `${move.from + 1} → ${move.to + 1}`).join(', ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}
