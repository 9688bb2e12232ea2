import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.beforeEach(() => desk.page.reload())
test.afterAll(() => desk.quit())

const here = 'app://desk/index.html'

for (const address of [
  'https://example.com/',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'data:text/html,x',
  'app://other/index.html',
]) {
  test(`the page cannot go to ${address}`, async () => {
    await desk.page.evaluate((to) => {
      location.href = to
    }, address)
    await desk.page.waitForTimeout(500)
    expect([
      desk.page.url(),
      await desk.page.evaluate(() => typeof (globalThis as { desk?: unknown }).desk),
    ]).toEqual([here, 'object'])
  })
}

test('a link, a form and a frame lead nowhere', async () => {
  await desk.page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.com/'
    document.body.append(link)
    link.click()
    const form = document.createElement('form')
    form.action = 'https://example.com/'
    document.body.append(form)
    form.submit()
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
  })
  await desk.page.waitForTimeout(500)
  const frames = desk.page.frames().map((frame) => frame.url())
  expect([desk.page.url(), frames.filter((url) => url.startsWith('https'))]).toEqual([here, []])
})

test('no second window opens, by any address', async () => {
  const opened = await desk.page.evaluate(() =>
    ['https://example.com/', 'about:blank', 'app://desk/index.html', 'mailto:x@example.com'].map(
      (url) => window.open(url) === null,
    ),
  )
  const windows = await desk.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  )
  expect({ opened, windows }).toEqual({ opened: [true, true, true, true], windows: 1 })
})

test('no webview is attached', async () => {
  const contents = await desk.page.evaluate(() => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'https://example.com/')
    document.body.append(view)
    return 'getWebContentsId' in view
  })
  const all = await desk.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((each) => each.getType()),
  )
  expect({ contents, all }).toEqual({ contents: false, all: ['window'] })
})

test('every permission but writing to the clipboard is denied', async () => {
  const states = await desk.page.evaluate(async () => {
    const ask = (name: string) =>
      navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'unknown',
      )
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']
    return Promise.all(names.map(async (name) => `${name}: ${await ask(name)}`))
  })
  expect(states.filter((state) => state.endsWith(': granted'))).toEqual([])
})

test('only https, mailto and tel leave the desk', async () => {
  await desk.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => {
      opened.push(url)
    }
  })
  const answers = await desk.page.evaluate(async () => {
    const { desk } = globalThis as unknown as {
      desk: { invoke(call: string, argument: unknown): Promise<unknown> }
    }
    const urls = [
      'https://example.com/x',
      'mailto:a@example.com',
      'tel:+41440000000',
      'http://example.com',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/x',
      'no address',
    ]
    return Promise.all(urls.map((url) => desk.invoke('openExternal', { url })))
  })
  const opened = await desk.app.evaluate(
    () => (globalThis as unknown as { opened: string[] }).opened,
  )
  expect({
    answers: answers.map((answer) => (answer as { value: boolean }).value),
    opened,
  }).toEqual({
    answers: [true, true, true, false, false, false, false, false],
    opened: ['https://example.com/x', 'mailto:a@example.com', 'tel:+41440000000'],
  })
})
