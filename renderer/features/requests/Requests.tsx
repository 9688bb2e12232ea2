/**
 * Requests: what wants a decision, by competition and not by time; the waiting list in its order; what was denied.
 *
 * A place that became free stands on top, with whoever is first in line. One list for the keyboard: arrows choose,
 * the inspector follows, `A` `R` `W` `Z` decide, and after a decision the next one is chosen.
 */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DeniedRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { Page } from '../../ui/Page.tsx'
import { useWindowKeys } from '../../ui/useWindowKeys.ts'
import { decideByKey } from './deciding.ts'
import { Offers } from './Offers.tsx'
import { QueueGroup, useWanted } from './QueueGroup.tsx'
import { DeniedEntry, RequestEntry } from './RequestEntry.tsx'
import classes from './Requests.module.css'
import { useChosenRow } from './useChosenRow.ts'
import { type Requests as Queue, useRequests } from './useRequests.ts'

export function Requests() {
  const { t } = useTranslation('requests')
  const queue = useRequests()
  const { rows: denied } = useQuery('request.denied', {})
  if (!queue || !denied) return null
  const open = queue.open.flat().length
  const waiting = queue.waiting.flat().length
  const nothing = open + waiting + denied.length === 0
  return (
    <Page
      wide
      title={t('title')}
      lead={`${t('openCount', { count: open })} · ${t('waitingCount', { count: waiting })}`}
    >
      <Offers rows={queue.offers} />
      {nothing ? (
        <Empty
          action={
            <Button variant="filled" onClick={() => useView.getState().openBooking()}>
              {t('emptyAct')}
            </Button>
          }
        >
          {t('empty')}
        </Empty>
      ) : (
        <QueueTable queue={queue} denied={denied} />
      )}
    </Page>
  )
}

function QueueTable({ queue, denied }: Readonly<{ queue: Queue; denied: readonly DeniedRow[] }>) {
  const { t } = useTranslation('requests')
  const wanted = useWanted()
  const selected = useView((view) => view.selected)
  const competing = queue.open.filter((group) => group.length > 1)
  const alone = queue.open.filter((group) => group.length === 1).flat()
  const inOrder = [...competing.flat(), ...alone, ...queue.waiting.flat(), ...denied]
  const list = useChosenRow(inOrder.map((row) => row.token))

  useWindowKeys((event) => {
    const row = queue.all.find((each) => each.token === selected)
    const subject = row ?? denied.find((each) => each.token === selected)
    const state = row ? (row.waitingSince === null ? 'request' : 'waiting') : 'denied'
    if (subject && decideByKey(event, subject, state)) event.preventDefault()
  })

  return (
    <>
      <p className={classes.keys}>
        <Keys keys="A" /> {t('act.booked')} <Keys keys="R" /> {t('act.denied')} <Keys keys="W" />{' '}
        {t('act.waiting')} <Keys keys="Z" /> {t('act.open')}
      </p>
      <div className={classes.table}>
        <div className={classes.head} aria-hidden="true">
          <span>{t('column.received')}</span>
          <span>{t('column.who')}</span>
          <span>{t('column.hall')}</span>
          <span>{t('column.when')}</span>
          <span className={classes.end}>{t('column.persons')}</span>
          <span>{t('column.competes')}</span>
        </div>
        <div role="listbox" aria-label={t('title')} ref={list.ref}>
          {competing.map((group) => (
            <QueueGroup key={group[0]?.token} {...wanted(group)}>
              {group.map((row) => (
                <RequestEntry
                  key={row.token}
                  row={row}
                  rivals={queue.rivals.get(row.token)?.length ?? 0}
                  list={list.row(row.token)}
                />
              ))}
            </QueueGroup>
          ))}
          {alone.length > 0 && (
            <QueueGroup label={t('alone')}>
              {alone.map((row) => (
                <RequestEntry
                  key={row.token}
                  row={row}
                  rivals={queue.rivals.get(row.token)?.length ?? 0}
                  list={list.row(row.token)}
                />
              ))}
            </QueueGroup>
          )}
          {queue.waiting.map((group) => {
            const { label, aside } = wanted(group)
            return (
              <QueueGroup
                key={group[0]?.token}
                label={`${t('waitingList')}: ${label}`}
                aside={aside}
              >
                {group.map((row, index) => (
                  <RequestEntry
                    key={row.token}
                    row={row}
                    rivals={0}
                    place={index + 1}
                    offered={queue.offers.includes(row)}
                    list={list.row(row.token)}
                  />
                ))}
              </QueueGroup>
            )
          })}
          {denied.length > 0 && (
            <QueueGroup label={t('deniedLately')}>
              {denied.map((row) => (
                <DeniedEntry key={row.token} row={row} list={list.row(row.token)} />
              ))}
            </QueueGroup>
          )}
        </div>
      </div>
    </>
  )
}
