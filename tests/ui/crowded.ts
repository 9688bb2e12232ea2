/** Crowded: texts on a page that are cut without saying so, lie on one another or leave the window. */
import type { Page } from '@playwright/test'

export function crowdedIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Less is how a line of text touches the next. */
    const TOUCH = 3
    interface Text {
      readonly element: Element
      readonly box: DOMRect
      readonly words: string
    }
    const texts: Text[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const words = node.textContent?.trim() ?? ''
      if (!element || words === '' || element.closest('.visually-hidden, style, script')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) {
        if (box.width < 2 || box.height < 2) continue
        texts.push({ element, box, words: words.slice(0, 60) })
      }
    }
    const found: string[] = []
    const clipped = (element: Element): DOMRect => {
      let { left, top, right, bottom } = new DOMRect(0, 0, innerWidth, innerHeight)
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { overflowX, overflowY, clipPath } = getComputedStyle(at)
        const box = at.getBoundingClientRect()
        if (overflowX !== 'visible') {
          left = Math.max(left, box.left)
          right = Math.min(right, box.right)
        }
        // Hidden from the eye only.
        if (clipPath !== 'none') right = left
        if (overflowY !== 'visible') {
          top = Math.max(top, box.top)
          bottom = Math.min(bottom, box.bottom)
        }
      }
      return new DOMRect(left, top, right - left, bottom - top)
    }
    const hasGround = (at: Element) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(at)
      return backgroundImage !== 'none' || !/^rgba\(.*, 0\)$/.test(backgroundColor)
    }
    /** Covered by what lies above it and has a ground: a dialog, a menu. */
    const isCovered = (element: Element, over: Element | null) => {
      for (let at = over; at && !at.contains(element); at = at.parentElement) {
        if (hasGround(at)) return true
      }
      return over === null
    }
    const isLabel = (element: Element) =>
      getComputedStyle(element).position === 'absolute' && hasGround(element)
    const shown: Text[] = []
    for (const text of texts) {
      const { element, box, words } = text
      const seen = clipped(element)
      const left = Math.max(box.left, seen.left)
      const right = Math.min(box.right, seen.right)
      const top = Math.max(box.top, seen.top)
      const bottom = Math.min(box.bottom, seen.bottom)
      if (right - left < 2 || bottom - top < 2) continue
      const part = new DOMRect(left, top, right - left, bottom - top)
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      if (isCovered(element, over)) continue
      shown.push({ element, box: part, words })
      const says = (() => {
        for (let at: Element | null = element; at; at = at.parentElement) {
          const style = getComputedStyle(at)
          if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return true
          if (/auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth) return true
        }
        return false
      })()
      if (!says && box.width - part.width > TOUCH) found.push(`cut: ${words}`)
    }
    for (let one = 0; one < shown.length; one++) {
      for (let other = one + 1; other < shown.length; other++) {
        const [a, b] = [shown[one] as Text, shown[other] as Text]
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue
        // A label with its own ground, as that of the hour: meant to lie there.
        if ([a, b].some(({ element }) => isLabel(element))) continue
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        if (wide <= TOUCH || high <= TOUCH) continue
        // Where they meet, one may end under what lies above it.
        const left = Math.max(a.box.left, b.box.left)
        const top = Math.max(a.box.top, b.box.top)
        const over = document.elementFromPoint(left + wide / 2, top + high / 2)
        if ([a, b].some(({ element }) => isCovered(element, over))) continue
        found.push(`on one another: ${a.words} / ${b.words}`)
      }
    }
    const page = document.documentElement
    if (page.scrollWidth > innerWidth) found.push(`wider than the window: ${page.scrollWidth}`)
    return [...new Set(found)]
  })
}
