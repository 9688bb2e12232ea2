/** Caller: who has to be told, large, with the number to dial. */
import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import type { ConcernedCommand } from '../../../core/contract.ts'
import { phoneShown } from '../../../core/domain/phone.ts'
import { desk } from '../../desk/client.ts'
import { useQuery } from '../../desk/useQuery.ts'
import classes from './Attention.module.css'

type Naming = Partial<Pick<ArgsOf<'reservation.book'>, 'token'> & { person: unknown }>
type Person = Readonly<{ name: string; organisation: string; phone: string }>

export function Caller({ concern }: Readonly<{ concern: ConcernedCommand }>) {
  const { t } = useTranslation('attention')
  const { token, person } = concern.args as Naming
  const named = isPerson(person) ? person : null
  const { rows: row } = useQuery('booking.one', named || !token ? null : { token })
  const who = named ?? row?.person
  if (!who) return null
  const { name, organisation, phone } = who
  return (
    <section className={classes.caller} aria-label={t('call')}>
      <h3>{t('call')}</h3>
      <p className={classes.name}>{name}</p>
      {organisation && <p className="muted">{organisation}</p>}
      {phone ? (
        <div className={classes.dial}>
          <button
            type="button"
            className={classes.phone}
            aria-label={t('callNumber', { number: phoneShown(phone) })}
            onClick={() =>
              void desk.invoke('openExternal', { url: `tel:${phone.replace(/[^\d+]/g, '')}` })
            }
          >
            {phoneShown(phone)}
          </button>
          <CopyButton value={phoneShown(phone)}>
            {({ copied, copy }) => (
              <Button size="compact-sm" onClick={copy}>
                {t(copied ? 'copied' : 'copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      ) : (
        <p className="muted">{t('noPhone')}</p>
      )}
    </section>
  )
}

function isPerson(person: unknown): person is Person {
  return person !== null && typeof person === 'object' && 'phone' in person
}
