import { describe, expect, it } from 'vitest'
import { PreconditionFailed } from '../../core/domain/failure.ts'
import { ContextIsLocked } from '../../core/scheduler/errors.ts'
import { createRegistry, Registry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'

const pause = () => new Promise((resolve) => setTimeout(resolve, 1))

describe('the registry', () => {
  it('keeps the current context of two flows apart', async () => {
    const registry = new Registry()
    for (const name of ['village', 'school']) registry.registerContext(name)
    const flow = (name: string) =>
      registry.context(name, async () => {
        const seen = [registry.currentContext.name]
        await pause()
        seen.push(registry.currentContext.name)
        registry.switchContext(name === 'village' ? 'school' : 'village')
        await pause()
        seen.push(registry.currentContext.name)
        return seen
      })
    const flows = await Promise.all([flow('village'), flow('school')])
    expect([...flows, registry.currentContext.name]).toEqual([
      ['village', 'village', 'school'],
      ['school', 'school', 'village'],
      'master',
    ])
  })

  it('locks its master once the defaults stand, and nothing can be kept there any more', () => {
    const registry = createRegistry()
    const { masterContext } = registry
    expect(() => masterContext.setSetting('dsn', 'x')).toThrow(ContextIsLocked)
    expect(() => masterContext.getService('sessionProvider')).toThrow(PreconditionFailed)
    const context = registry.registerContext('village')
    context.setService('kept', () => ({}), { cache: true })
    context.lock()
    expect(() => context.getService('kept')).toThrow(ContextIsLocked)
    context.unlock()
    const kept = context.getService('kept')
    context.lock()
    expect(context.getService('kept')).toBe(kept)
  })

  it('has one set of events for all its contexts', () => {
    const registry = createRegistry()
    const [village, school] = ['village', 'school'].map((name) => registry.registerContext(name))
    expect(village?.getService('events')).toBe(school?.getService('events'))
  })

  it('stops a service that is replaced', () => {
    const context = new Registry().registerContext('village')
    const stopped: string[] = []
    const service = (name: string) => ({ stopService: () => stopped.push(name) })
    context.setService('mailer', () => service('first'), { cache: true })
    context.getService('mailer')
    context.setService('mailer', () => service('second'), { cache: true })
    expect(stopped).toEqual(['first'])
  })

  it('knows a scheduler only with a time zone', () => {
    const context = createRegistry().registerContext('village')
    expect(() => new Scheduler({ context, name: 'hall', timezone: '' })).toThrow(PreconditionFailed)
  })

  it('names resources as it is told to, and as libres does otherwise', () => {
    const registry = createRegistry()
    const own = registry.registerContext('ctx')
    const options = { timezone: 'Europe/Zurich', blockingNames: ['part'] }
    const plain = new Scheduler({ context: own, name: 'room', ...options })
    own.setService(
      'resourceUuid',
      () => (name) => `00000000-0000-4000-8000-${name.padStart(12, '0')}`,
    )
    const named = new Scheduler({ context: own, name: '1', ...options, blockingNames: ['2'] })
    expect([plain.resource, named.resource, ...named.blockingResources]).toEqual([
      '4acbea03-265b-5dfe-b6a8-a13bb36faf29',
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-4000-8000-000000000002',
    ])
  })

  it('clones a scheduler with its names, and nothing that it remembers', () => {
    const context = createRegistry().registerContext('village')
    const hall = new Scheduler({
      context,
      name: 'hall',
      timezone: 'Europe/Zurich',
      blockingNames: ['half'],
    })
    const clone = hall.clone()
    expect([clone.resource, clone.blockingNames, clone === hall]).toEqual([
      hall.resource,
      ['half'],
      false,
    ])
  })
})
