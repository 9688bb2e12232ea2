/**
 * Root: words, theme and the screen that fits where the desk stands.
 *
 * Promises that no phase of the core leaves the window blank for long: opening and founding say what happens,
 * a failure says what to do.
 */
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useRef } from 'react'
import { useView } from '../desk/store.ts'
import { preferences as remote, usePreferences } from '../desk/usePreferences.ts'
import { useStatus } from '../desk/useStatus.ts'
import { useConnecting } from '../features/database/connecting.ts'
import { FirstStart } from '../features/start/FirstStart.tsx'
import { Problem } from '../features/start/Problem.tsx'
import { Progress } from '../features/start/Progress.tsx'
import { speak } from '../locales/words.ts'
import { cssVariables, theme as kit } from '../ui/theme.ts'
import { useTheme } from '../ui/useTheme.ts'
import { ErrorBoundary, report } from './ErrorBoundary.tsx'
import { Shell } from './Shell.tsx'

/** How long a toast offers its undo. */
const TOAST_MS = 8_000
const SENDING = { step: 'sending', done: 0 } as const

export function Root() {
  const { preferences } = usePreferences()
  const theme = useTheme(preferences?.theme)
  const language = preferences?.language

  useEffect(() => {
    if (language) void speak(language)
  }, [language])
  useEffect(restoreRoute, [])
  useEffect(reportWhatEscapes, [])

  return (
    <MantineProvider theme={kit} cssVariablesResolver={cssVariables} forceColorScheme={theme}>
      <Notifications
        position="bottom-center"
        autoClose={TOAST_MS}
        limit={3}
        containerWidth={520}
        transitionDuration={0}
      />
      <ErrorBoundary>
        <Phase />
      </ErrorBoundary>
    </MantineProvider>
  )
}

function Phase() {
  const status = useStatus()
  const { preferences } = usePreferences()
  /** Opened once more, because a backup takes the place of the data: nothing of them is shown. */
  const wasReady = useRef(false)
  const connecting = useConnecting(({ busy }) => busy)
  // Nothing is drawn in a language that may be the wrong one; both answers come within milliseconds.
  if (!status || !preferences) return null
  // A desk that was used before is drawn while its data are opened: what it asks meanwhile is answered then.
  const isUsed = preferences.route !== '' && status.progress?.step === 'database'
  if (status.phase === 'opening' && isUsed && !wasReady.current) return <Shell status={status} />
  wasReady.current ||= status.phase === 'ready'
  switch (status.phase) {
    case 'opening':
    case 'founding':
      return <Progress status={status} />
    case 'first-start':
      return <FirstStart />
    case 'failed':
      return <Problem problem={status.problem} />
    case 'ready':
      // Founded here only to be shared: the server comes next.
      if (connecting)
        return <Progress status={{ ...status, phase: 'founding', progress: SENDING }} />
      return <Shell status={status} />
  }
}

/** The first preferences bring the route of last time; later ones are our own echo. */
function restoreRoute(): () => void {
  const restore = () => {
    const kept = remote.get()
    if (!kept) return
    stop()
    if (kept.route) useView.setState({ route: kept.route })
  }
  const stop = remote.subscribe(restore)
  restore()
  return stop
}

function reportWhatEscapes(): () => void {
  const onError = (event: ErrorEvent) => report(event.error ?? event.message, 'window')
  const onRejection = (event: PromiseRejectionEvent) => report(event.reason, 'promise')
  window.addEventListener('error', onError)
  window.addEventListener('unhandledrejection', onRejection)
  return () => {
    window.removeEventListener('error', onError)
    window.removeEventListener('unhandledrejection', onRejection)
  }
}
