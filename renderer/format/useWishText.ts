/** useWishText: the sentence of an undecided command, in the language and zone of the desk. */
import { useTranslation } from 'react-i18next'
import type { Halls } from './history.ts'
import { useFormat } from './useFormat.ts'
import { type Undecided, wishText } from './wish.ts'

export function useWishText(halls: Halls): (command: Undecided) => string {
  const { t: sync } = useTranslation('sync')
  const { t: history } = useTranslation('history')
  const format = useFormat()
  return (command) => wishText({ sync, history }, command, halls, format)
}
