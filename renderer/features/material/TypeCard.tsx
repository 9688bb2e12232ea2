/** TypeCard: one type of things: its name, what comes and goes, what belongs to a set of it, and every piece by place. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ARRIVALS, DEPARTURES, type ITEM_KINDS } from '../../../core/commands/material-calls.ts'
import type { PieceRow, ThingRows, ThingType } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { NamedForm } from './NamedForm.tsx'
import { PieceForm } from './PieceForm.tsx'
import { SetCard } from './SetCard.tsx'
import classes from './Things.module.css'
import type { useGive } from './useGive.ts'

type Kind = (typeof ITEM_KINDS)[number]
type Props = Readonly<{
  type: ThingType
  things: ThingRows
  kinds: readonly Readonly<{ value: Kind; label: string }>[]
  give: ReturnType<typeof useGive>['give']
}>

/** More pieces than this of one place are counted and not listed. */
const LISTED = 60

export function TypeCard({ type, things, kinds, give }: Props) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const { rows: pieces } = useQuery('material.pieces', { type: type.id })
  const [isChanging, setChanging] = useState(false)
  if (!pieces) return null
  const places = new Map(pieces.map((piece) => [piece.place, piece.placeName]))
  const found = [...places].map(([value, label]) => ({ value, label }))
  const change = async (name: string, kind: Kind) => {
    const facts = {
      ...(name === type.name ? {} : { name }),
      ...(kind === type.kind ? {} : { kind }),
    }
    const done = await give('item-type.change', { type: type.id, facts })
    if (done) setChanging(false)
    return done
  }
  return (
    <section aria-label={type.name}>
      {isChanging ? (
        <NamedForm
          label={t('things.typeName')}
          kinds={kinds}
          action={t('things.save')}
          given={{ name: type.name, kind: type.kind }}
          onGive={change}
          onRemove={() => give('item-type.remove', { type: type.id })}
        />
      ) : (
        <div className={classes.title}>
          <h2>
            {type.name}{' '}
            <small>
              {t('things.inHouse', { count: type.count, number: format.number(type.count) })}
            </small>
          </h2>
          <Button onClick={() => setChanging(true)}>{t('things.change')}</Button>
        </div>
      )}
      <PieceForm
        label={t('things.come')}
        ways={ARRIVALS.map((why) => ({ value: why, label: t(`why.${why}`) }))}
        places={things.stores.map((one) => ({ value: one.id, label: one.name }))}
        codes
        onGive={(why, store, count, codes) =>
          give('piece.arrive', {
            type: type.id,
            store,
            count,
            codes,
            items: [],
            at: Date.now(),
            why,
          })
        }
      />
      {found.length > 0 && (
        <PieceForm
          label={t('things.go')}
          ways={DEPARTURES.map((why) => ({ value: why, label: t(`why.${why}`) }))}
          places={found}
          onGive={(why, place, count) =>
            give('piece.depart', {
              type: type.id,
              place,
              count,
              items: [],
              at: Date.now(),
              why,
            })
          }
        />
      )}
      {type.kind === 'equipment' && (
        <SetCard type={type} things={things} pieces={pieces} give={give} />
      )}
      {pieces.length > 0 && <h3>{t('things.pieces')}</h3>}
      {found.map(({ value, label }) => (
        <PiecesAt
          key={value}
          label={label}
          pieces={pieces.filter((piece) => piece.place === value)}
        />
      ))}
    </section>
  )
}

function PiecesAt({ label, pieces }: { label: string; pieces: readonly PieceRow[] }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const more = pieces.length - LISTED
  return (
    <>
      <p className={classes.place}>
        {label} <small>{format.number(pieces.length)}</small>
      </p>
      <ul className={classes.pieces} aria-label={t('things.piecesAt', { place: label })}>
        {pieces.slice(0, LISTED).map((piece, at) => (
          <li key={piece.item}>
            <button
              type="button"
              aria-label={t('things.lifeOf', { name: piece.code ?? at + 1 })}
              onClick={() => useView.getState().go(`material/item/${piece.item}`)}
            >
              {piece.code ?? at + 1}
            </button>
          </li>
        ))}
        {more > 0 && (
          <li>
            <span>{t('things.more', { number: format.number(more) })}</span>
          </li>
        )}
      </ul>
    </>
  )
}
