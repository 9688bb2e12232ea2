/**
 * Attention: what was noted and came to nothing, one card each, with whom to call and what is free now; and what is too
 * old to be sent without a word. Nothing disappears before somebody has settled it.
 */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useView } from '../../desk/store.ts'
import { useOutbox } from '../../desk/useOutbox.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useStatus } from '../../desk/useStatus.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import classes from './Attention.module.css'
import { ConcernCard } from './ConcernCard.tsx'
import { StaleCard } from './StaleCard.tsx'
import { useCards } from './useCards.ts'

export function Attention() {
  const { t } = useTranslation('attention')
  const outbox = useOutbox()
  const asOf = useStatus()?.asOf ?? 0
  const { rows: halls } = useQuery('resource.all', {})
  const concerns = outbox?.concerns ?? []
  const stale = (outbox?.waiting ?? []).filter(({ standing }) => standing === 'stale')
  const cards = useCards([...concerns, ...stale].map(({ id }) => id))
  if (!outbox || !halls) return null
  const count = concerns.length + stale.length
  return (
    <Page title={t('title')} {...(count > 0 ? { lead: t('lead', { count }) } : {})}>
      {count === 0 ? (
        <Empty
          action={
            <Button variant="filled" onClick={() => useView.getState().show('calendar')}>
              {t('toCalendar')}
            </Button>
          }
        >
          {t('empty')}
        </Empty>
      ) : (
        <>
          <p className={classes.keys}>{t('keysHint')}</p>
          <div role="feed" aria-label={t('title')} className={classes.cards} ref={cards.ref}>
            {concerns.map((each) => (
              <ConcernCard key={each.id} concern={each} halls={halls} card={cards.card(each.id)} />
            ))}
            {stale.map((each) => (
              <StaleCard
                key={each.id}
                waiting={each}
                halls={halls}
                asOf={asOf}
                card={cards.card(each.id)}
              />
            ))}
          </div>
        </>
      )}
    </Page>
  )
}
