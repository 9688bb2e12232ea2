/**
 * Main: starts the screen.
 *
 * Promises something readable within the first frame: the theme of last time is set before anything is drawn, and
 * an error while starting ends in words, not in a blank window.
 */
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/kit.css'
import { createRoot } from 'react-dom/client'
import { askFirst } from './app/askFirst.ts'
import { Root } from './app/Root.tsx'
import { languageOfSystem, loadWords } from './locales/words.ts'
import { applyTheme, rememberedTheme } from './ui/useTheme.ts'

applyTheme(rememberedTheme())
loadWords(languageOfSystem(navigator.languages))
askFirst()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<Root />)
