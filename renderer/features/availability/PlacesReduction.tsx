/** PlacesReduction: what another number means: who changes place, or who is in the way and what can be done. */
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { PlacesRow } from '../../../core/queries/places-rows.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Places.module.css'
import { placesOf, type Reduction, type Word, type Words } from './placesPlan.ts'

type Props = Readonly<{
  row: PlacesRow
  target: number
  reduction: Reduction
  words: Words
  onWord: (token: string, word: Word) => void
}>

export function PlacesReduction({ row, target, reduction, words, onWord }: Props) {
  const { t } = useTranslation('places')
  const format = useFormat()
  const { inTheWay, moves, tooMany } = reduction
  const worst = row.levels
    .filter((level) => level.used > target)
    .sort((one, other) => other.used - one.used)[0]
  return (
    <div className={classes.plan} data-fits={moves !== null || undefined}>
      <p role="status">
        {moves === null && worst
          ? t('tooMany', {
              count: tooMany,
              used: worst.used,
              when: format.times(worst.start, worst.end),
            })
          : t(moves && moves.length > 0 ? 'moves' : 'nobodyMoves', { count: moves?.length ?? 0 })}
      </p>
      {moves && moves.length > 0 && (
        <ul className={classes.moves}>
          {moves.map((move) => (
            <li key={`${move.id} ${move.from}`}>
              {t('moveOne', {
                name: move.piece.title || move.piece.who,
                from: move.from + 1,
                to: move.to + 1,
              })}
            </li>
          ))}
        </ul>
      )}
      {inTheWay.length > 0 && (
        <ul className={classes.way}>
          {inTheWay.map((piece) => {
            const name = piece.title || piece.who || t('foreign')
            const word = words[piece.token] ?? 'keep'
            const places = placesOf(row, piece)
            return (
              <li key={piece.token}>
                <button
                  type="button"
                  tabIndex={-1}
                  onClick={() => useView.getState().select(piece.token)}
                >
                  {name}
                </button>
                <span>
                  {format.times(piece.start, piece.end)}
                  {places > 1 && ` · ${t('placesOfOne', { count: places })}`}
                </span>
                <span>
                  {piece.title ? piece.who : ''}{' '}
                  <b className={classes.phone}>{phoneShown(piece.phone)}</b>
                </span>
                <NativeSelect
                  size="xs"
                  aria-label={t('becomes', { name })}
                  value={String(word)}
                  onChange={(event) => {
                    const chosen = event.currentTarget.value
                    onWord(
                      piece.token,
                      chosen === 'keep' || chosen === 'cancel' || chosen === 'waiting'
                        ? chosen
                        : Number(chosen),
                    )
                  }}
                >
                  <option value="keep">{t('keep')}</option>
                  {(row.alternatives[piece.token] ?? []).map((each, index) => (
                    <option key={`${each.resource} ${each.start}`} value={index}>
                      {t('moveTo', {
                        where: each.resourceName,
                        when:
                          dayOf(each.start, format.zone) === dayOf(piece.start, format.zone)
                            ? format.times(each.start, each.end)
                            : format.span(each.start, each.end),
                      })}
                    </option>
                  ))}
                  {piece.number > 0 && <option value="waiting">{t('toWaiting')}</option>}
                  <option value="cancel">{t('cancel')}</option>
                </NativeSelect>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
