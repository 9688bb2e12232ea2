/** ConnectStart: the third answer to the first start: the address of the shared database, and what stands there. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../ui/Mark.tsx'
import { useTyping } from '../database/address.ts'
import { Connect } from '../database/Database.tsx'
import classes from './FirstStart.module.css'
import { LanguagePicker } from './LanguagePicker.tsx'

export function ConnectStart() {
  const { t } = useTranslation('start')
  const { t: database } = useTranslation('database')
  return (
    <main className={classes.screen}>
      <div className={classes.connect}>
        <header>
          <Mark size={36} />
          <div>
            <h1>{t('connect.title')}</h1>
            <p>
              {t('connect.text')} {t('connect.lead')}
            </p>
          </div>
          <Button onClick={() => useTyping.setState({ connecting: false, test: null })}>
            {database('back')}
          </Button>
        </header>
        <Connect />
      </div>
      <LanguagePicker />
    </main>
  )
}
