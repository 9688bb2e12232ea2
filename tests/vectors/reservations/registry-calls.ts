/** Calls on a fresh registry (op `registry`): each answers its value or the name of its error. */
import { missing } from '../../../core/scheduler/context.ts'
import { Registry } from '../../../core/scheduler/registry.ts'

type Call = readonly [method: string, ...args: unknown[]]

class Inside extends Error {}

async function call(registry: Registry, made: Map<string, number>, [method, ...args]: Call) {
  const [name, key, value] = args as [string, string, unknown]
  switch (method) {
    case 'register':
      return registry.registerContext(name).name
    case 'register_replace':
      return registry.registerContext(name, { replace: true }).name
    case 'get':
      return registry.getContext(name).name
    case 'get_autocreate':
      return registry.getContext(name, { autocreate: true }).name
    case 'exists':
      return registry.isExistingContext(name)
    case 'assert_exists':
      registry.assertExists(name)
      return null
    case 'assert_does_not_exist':
      registry.assertDoesNotExist(name)
      return null
    case 'switch':
      registry.switchContext(name)
      return null
    case 'current':
      return registry.currentContext.name
    case 'with':
      return registry.context(name, () => registry.currentContext.name)
    case 'with_error':
      await registry
        .context(name, () => {
          throw new Inside()
        })
        .catch((error: unknown) => {
          if (!(error instanceof Inside)) throw error
        })
      return registry.currentContext.name
    case 'lock':
      registry.getContext(name).lock()
      return null
    case 'unlock':
      registry.getContext(name).unlock()
      return null
    case 'set_setting':
      registry.getContext(name).setSetting(key, value)
      return null
    case 'get_setting': {
      const found = registry.getContext(name).getSetting(key)
      return found === missing ? '<missing>' : found
    }
    case 'set_service': {
      const counter = `${name}/${key}/${made.size}`
      made.set(counter, 0)
      registry.getContext(name).setService(
        key,
        (asking) => {
          const count = (made.get(counter) ?? 0) + 1
          made.set(counter, count)
          return `${asking.name}#${count}`
        },
        { cache: value === true },
      )
      return null
    }
    case 'get_service':
      return registry.getContext(name).getService(key)
    default:
      throw new Error(`No method ${method}.`)
  }
}

export async function callRegistry(calls: readonly Call[], nameOf: (error: unknown) => string) {
  const registry = new Registry()
  const made = new Map<string, number>()
  const results: unknown[] = []
  for (const each of calls) {
    try {
      results.push({ ok: (await call(registry, made, each)) ?? null })
    } catch (error) {
      results.push({ error: nameOf(error) })
    }
  }
  return results
}
