/** Things: which types and stores there are, and how pieces come (bought, found) and go (written off, lost, used up). */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ITEM_KINDS, STORE_TAGS } from '../../../core/commands/material-calls.ts'
import { freshId } from '../../desk/dispatch.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import { MaterialPage } from './MaterialPage.tsx'
import { NamedForm } from './NamedForm.tsx'
import classes from './Things.module.css'
import { TypeCard } from './TypeCard.tsx'
import { useGive } from './useGive.ts'

export function Things() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const { rows } = useQuery('material.things', {})
  const { give, refusal } = useGive()
  const [chosen, setChosen] = useState('')
  const [store, setStore] = useState('')
  if (!rows) return null
  const type = rows.types.find((one) => one.id === chosen) ?? rows.types[0]
  const kinds = ITEM_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))
  const tags = STORE_TAGS.map((tag) => ({ value: tag, label: t(`tags.${tag}`) }))
  const addType = async (name: string, kind: (typeof ITEM_KINDS)[number]) => {
    const id = freshId()
    const added = await give('item-type.add', { type: id, name, kind })
    if (added) setChosen(id)
    return added
  }
  return (
    <MaterialPage current="things" title={t('things.title')} lead={t('things.lead')}>
      {refusal && <Refused refusal={refusal} />}
      <div className={classes.columns}>
        <section aria-label={t('things.types')}>
          <h2>{t('things.types')}</h2>
          {rows.types.length === 0 && <Empty>{t('things.noTypes')}</Empty>}
          <ul className={classes.list}>
            {rows.types.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={classes.row}
                  aria-pressed={one === type}
                  onClick={() => setChosen(one.id)}
                >
                  <b>{one.name}</b>
                  <span>{one.contents.length > 0 ? t('set.kind') : t(`kinds.${one.kind}`)}</span>
                  <span className={classes.number}>{format.number(one.count)}</span>
                </button>
              </li>
            ))}
          </ul>
          <NamedForm
            label={t('things.newType')}
            kinds={kinds}
            action={t('things.add')}
            onGive={addType}
          />
          <h2>{t('things.stores')}</h2>
          <ul className={classes.list}>
            {rows.stores.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={classes.row}
                  aria-expanded={one.id === store}
                  title={t('things.change')}
                  onClick={() => setStore(one.id === store ? '' : one.id)}
                >
                  <b>{one.name}</b>
                  <span>{t(`tags.${one.tag}`)}</span>
                  <span className={classes.number}>{format.number(one.count)}</span>
                </button>
                {one.id === store && (
                  <div className={classes.edit}>
                    <NamedForm
                      label={t('things.storeName')}
                      kinds={tags}
                      action={t('things.save')}
                      given={{ name: one.name, kind: one.tag }}
                      onGive={async (name, tag) => {
                        const facts = {
                          ...(name === one.name ? {} : { name }),
                          ...(tag === one.tag ? {} : { tag }),
                        }
                        const done = await give('store.change', { store: one.id, facts })
                        if (done) setStore('')
                        return done
                      }}
                      onRemove={() => give('store.remove', { store: one.id })}
                    />
                  </div>
                )}
              </li>
            ))}
          </ul>
          <NamedForm
            label={t('things.newStore')}
            kinds={tags}
            action={t('things.add')}
            onGive={(name, tag) => give('store.add', { store: freshId(), name, tag })}
          />
        </section>
        {type && <TypeCard key={type.id} type={type} things={rows} kinds={kinds} give={give} />}
      </div>
    </MaterialPage>
  )
}
