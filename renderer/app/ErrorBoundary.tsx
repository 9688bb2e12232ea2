/**
 * ErrorBoundary: one per pane, so that an error costs a pane and never the window.
 *
 * Promises a report to the log and a way back; what was typed is kept as a draft elsewhere. Never swallows silently.
 */
import { Button } from '@mantine/core'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { desk } from '../desk/client.ts'
import classes from './ErrorBoundary.module.css'

export function report(error: unknown, where: string): void {
  const known = error instanceof Error ? error : new Error(String(error))
  void desk.invoke('reportError', {
    message: known.message.slice(0, 4000),
    stack: `${known.stack ?? ''}\n${where}`.slice(0, 16000),
  })
}

type Props = Readonly<{ children: ReactNode; resetOn?: unknown }>

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    report(error, info.componentStack ?? '')
  }

  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.resetOn !== this.props.resetOn) this.setState({ failed: false })
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return <Crashed again={() => this.setState({ failed: false })} />
  }
}

function Crashed({ again }: { again: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.crashed} role="alert">
      <h2>{t('crash.title')}</h2>
      <p className="muted">{t('crash.text')}</p>
      <div className={classes.actions}>
        <Button variant="filled" onClick={again}>
          {t('crash.again')}
        </Button>
        <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
      </div>
    </div>
  )
}
