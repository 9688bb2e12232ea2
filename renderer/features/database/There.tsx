/**
 * There: what stands on the server that was asked, and what can be done about it: found, begin with what is here, join.
 * Says what becomes of what was entered here before anything happens.
 */
import { Button, Radio, TextInput } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerTest, Status } from '../../../core/contract.ts'
import { connect, OWN_CONTEXT } from './connecting.ts'
import classes from './Database.module.css'

type Found = Extract<ServerTest, { ok: true }>
type Props = Readonly<{ test: Found; status: Pick<Status, 'phase' | 'municipality'> }>

export function There({ test, status }: Props) {
  const { t } = useTranslation('database')
  const bookings = t('there.bookings', { count: test.bookings })
  const changes = t('there.changes', { count: test.changes })
  const name = test.municipality || status.municipality
  const said = {
    empty: t('there.empty'),
    founded: t('there.founded', {
      name: test.municipality,
      bookings,
      desks: t('there.desks', { count: test.desks }),
    }),
    begun: t('there.begun', { name, changes }),
    libres: t('there.libres', { bookings }),
  }[test.state]
  return (
    <section className={classes.there} aria-label={t('there.title')}>
      <p className={classes.reached} role="status">
        <IconCircleCheck size={18} stroke={1.5} aria-hidden="true" />
        {t('there.reached', { version: shortVersion(test.version) })}
      </p>
      <p className={classes.said}>{said}</p>
      <Way test={test} status={status} />
    </section>
  )
}

/** `PostgreSQL 18.4 on x86_64 …` says more than anybody wants to know. */
export function shortVersion(version: string): string {
  return /^\S+ \S+/.exec(version)?.[0] ?? version
}

function Way({ test, status }: Props): ReactNode {
  const { t } = useTranslation('database')
  const { t: start } = useTranslation('start')
  const isFirst = status.phase === 'first-start'
  switch (test.state) {
    case 'empty':
      if (!isFirst) return <Share test={test} name={status.municipality} />
      return (
        <Founding>
          <Button onClick={() => void connect({ send: true, found: null }, start('sampleName'))}>
            {t('wish.foundSample')}
          </Button>
        </Founding>
      )
    case 'begun':
      return (
        <Button
          variant="filled"
          autoFocus
          onClick={() => void connect({ send: true, found: null })}
        >
          {t('wish.goOn')}
        </Button>
      )
    case 'libres':
      return (
        <>
          {!isFirst && <p className={classes.said}>{t('wish.libresOwn')}</p>}
          <Founding ofWebsite />
        </>
      )
    case 'founded':
      if (test.changes > 0) return <Joining changes={test.changes} />
      return (
        <Button
          variant="filled"
          autoFocus
          onClick={() => void connect({ send: false, found: null })}
        >
          {t('wish.join')}
        </Button>
      )
  }
}

/** What was entered here begins what all share. */
function Share({ test, name }: Readonly<{ test: Found; name: string }>) {
  const { t } = useTranslation('database')
  const changes = t('there.changes', { count: test.changes })
  return (
    <>
      <p>{t('wish.shareText', { changes })}</p>
      <Button variant="filled" autoFocus onClick={() => void connect({ send: true, found: null })}>
        {t('wish.share', { name })}
      </Button>
    </>
  )
}

type FoundingProps = Readonly<{ ofWebsite?: boolean; children?: ReactNode }>

function Founding({ ofWebsite = false, children }: FoundingProps) {
  const { t } = useTranslation('database')
  const { t: start } = useTranslation('start')
  const [name, setName] = useState('')
  const [context, setContext] = useState(ofWebsite ? '' : OWN_CONTEXT)
  const [tried, setTried] = useState(false)
  const wrong = { name: name.trim() === '', context: context.trim() === '' }
  const found = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.context) return
    void connect({ send: false, found: { name: name.trim(), context: context.trim() } })
  }
  return (
    <form className={classes.form} onSubmit={found} noValidate>
      <TextInput
        label={t('wish.name')}
        placeholder={start('empty.namePlaceholder')}
        maxLength={120}
        autoFocus
        value={name}
        error={tried && wrong.name ? t('missing.name') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {ofWebsite && (
        <TextInput
          label={t('wish.context')}
          description={t('wish.contextHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          maxLength={120}
          spellCheck={false}
          value={context}
          error={tried && wrong.context ? t('missing.context') : undefined}
          onChange={(event) => setContext(event.currentTarget.value)}
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled">
          {t('wish.found')}
        </Button>
        {children}
      </div>
    </form>
  )
}

/** Nobody can know whether what was entered here was meant for all: it is asked, and nothing is chosen beforehand. */
function Joining({ changes }: { changes: number }) {
  const { t } = useTranslation('database')
  const [choice, setChoice] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const join = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (choice !== null) void connect({ send: choice === 'send', found: null })
  }
  return (
    <form className={classes.form} onSubmit={join} noValidate>
      <Radio.Group
        label={t('wish.own')}
        value={choice}
        error={tried && choice === null ? t('missing.own') : undefined}
        onChange={setChoice}
      >
        <div className={classes.choices}>
          <Radio
            size="xs"
            value="send"
            autoFocus
            label={t('wish.send', { changes: t('there.changes', { count: changes }) })}
            description={t('wish.sendHint')}
          />
          <Radio
            size="xs"
            value="leave"
            label={t('wish.leave')}
            description={t('wish.leaveHint')}
          />
        </div>
      </Radio.Group>
      <div className={classes.buttons}>
        <Button type="submit" variant="filled">
          {t('wish.join')}
        </Button>
      </div>
    </form>
  )
}
