/**
 * Read later: a part of the desk whose code is read when it is first needed, or ahead of that once the first picture
 * stands. A part that has been read is drawn at once, without the empty frame in between.
 */
import { type ComponentType, use } from 'react'
import { whenSettled } from '../desk/settled.ts'

export function readLater<P extends object>(load: () => Promise<ComponentType<P>>) {
  let Loaded: ComponentType<P> | undefined
  let reading: Promise<ComponentType<P>> | undefined
  const read = () => {
    reading ??= load().then((component) => {
      Loaded = component
      return component
    })
    return reading
  }
  whenSettled(() => void read())
  return function Later(props: P) {
    const Component = Loaded ?? use(read())
    return <Component {...props} />
  }
}
