/** Problem: the data cannot be opened. Says what is wrong, that nothing was deleted, and what to do. */
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Problem as ProblemFacts } from '../../../core/contract.ts'
import classes from './Problem.module.css'

export function Problem({ problem }: { problem: ProblemFacts | null }) {
  const { t } = useTranslation()
  return (
    <main className={classes.screen} role="alert">
      <IconAlertTriangle size={36} stroke={1.25} aria-hidden="true" />
      <h1>{t('problem.title')}</h1>
      <p>{t(`problem.${problem?.code ?? 'unexpected'}`)}</p>
      <p className="muted">{t('problem.safe')}</p>
      {problem?.detail && (
        <details className={classes.detail}>
          <summary>{t('problem.detail')}</summary>
          <code>{problem.detail}</code>
        </details>
      )}
      <Button variant="filled" onClick={() => window.location.reload()}>
        {t('problem.again')}
      </Button>
    </main>
  )
}
