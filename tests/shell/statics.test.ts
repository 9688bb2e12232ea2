import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileOf, serveStatic } from '../../electron/main/statics.ts'

describe('the files of the page', () => {
  let base = ''
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'allmend-statics-'))
    mkdirSync(join(base, 'page'))
    mkdirSync(join(base, 'page-of-another'))
    writeFileSync(join(base, 'page', 'index.html'), '<!doctype html>')
    writeFileSync(join(base, 'page', 'a.js'), 'a')
    writeFileSync(join(base, 'page', 'private'), 'no known type')
    writeFileSync(join(base, 'secret.json'), '{}')
    writeFileSync(join(base, 'page-of-another', 'b.js'), 'b')
  })
  afterAll(() => rmSync(base, { recursive: true, force: true }))

  it('are given with their type, and the page itself for the bare address', async () => {
    const page = await serveStatic(join(base, 'page'), '/')
    const script = await serveStatic(join(base, 'page'), '/a.js')
    expect([
      page.status,
      page.headers['Content-Type'],
      script.status,
      String.fromCharCode(...script.body),
    ]).toEqual([200, 'text/html; charset=utf-8', 200, 'a'])
  })

  it.each([
    '/../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/a/../../secret.json',
    '/..\\secret.json',
    '/%2e%2e%5csecret.json',
    '/../page-of-another/b.js',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/private',
    '/',
  ])('never lead out of their folder: %s', async (path) => {
    const folder = path === '/' ? join(base, 'nowhere') : join(base, 'page')
    const { status, body } = await serveStatic(folder, path)
    expect({ status, bytes: body.byteLength }).toEqual({ status: 404, bytes: 0 })
  })

  it('are refused as a path when they are the folder itself', () => {
    expect(fileOf(join(base, 'page'), '/..')).toBeUndefined()
  })
})
