import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk.quit())

test('the page and all its files carry the content policy as a header', async () => {
  const answers = await desk.page.evaluate(async () => {
    const script = document.querySelector('script[src]')?.getAttribute('src') ?? ''
    const each = await Promise.all(
      ['app://desk/index.html', new URL(script, location.href).href, 'app://desk/nothing'].map(
        (url) => fetch(url),
      ),
    )
    return each.map(({ status, headers }) => [
      status,
      headers.get('content-security-policy'),
      headers.get('x-content-type-options'),
    ])
  })
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  expect(answers).toEqual([
    [200, policy, 'nosniff'],
    [200, policy, 'nosniff'],
    [404, policy, 'nosniff'],
  ])
})

test('scripts that are not files of the desk do not run', async () => {
  const ran = await desk.page.evaluate(async () => {
    const tried: Record<string, boolean> = {}
    const add = (name: string, build: (script: HTMLScriptElement) => void) =>
      new Promise<void>((resolve) => {
        const script = document.createElement('script')
        build(script)
        script.onload = script.onerror = () => resolve()
        document.head.append(script)
        setTimeout(resolve, 300)
      }).then(() => {
        tried[name] = `ran-${name}` in globalThis
      })
    await add('inline', (script) => {
      script.textContent = 'globalThis["ran-inline"] = true'
    })
    await add('data', (script) => {
      script.src = 'data:text/javascript,globalThis["ran-data"] = true'
    })
    await add('blob', (script) => {
      script.src = URL.createObjectURL(
        new Blob(['globalThis["ran-blob"] = true'], { type: 'text/javascript' }),
      )
    })
    await add('remote', (script) => {
      script.src = 'https://127.0.0.1:9/x.js'
    })
    const image = document.createElement('div')
    image.innerHTML = '<img src="data:," onerror="globalThis[\'ran-handler\'] = true">'
    document.body.append(image)
    await new Promise((resolve) => setTimeout(resolve, 300))
    tried.handler = 'ran-handler' in globalThis
    return tried
  })
  expect(ran).toEqual({ inline: false, data: false, blob: false, remote: false, handler: false })
})

test('a text never becomes a program', async () => {
  // From a file of ours, as a page would do it: what Playwright evaluates itself is above the policy.
  const blocked = desk.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          (event) => resolve(`${event.violatedDirective} ${event.blockedURI}`),
          { once: true },
        )
        setTimeout('globalThis.evil = 1' as unknown as () => void, 0)
        setTimeout(() => resolve('nothing was blocked'), 2000)
      }),
  )
  expect(await blocked).toBe('script-src eval')
  expect(await desk.page.evaluate(() => 'evil' in globalThis)).toBe(false)
})

test('the page reaches no network, not even this machine', async () => {
  const reached = await desk.page.evaluate(async () => {
    const tries = ['http://127.0.0.1:9/', 'https://example.com/', 'file:///etc/passwd'].map((url) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    )
    return Promise.all(tries)
  })
  expect(reached).toEqual([false, false, false])
})
