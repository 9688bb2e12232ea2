/**
 * Child processes: run one to its end, with its output shown, kept, or both, and never left behind when this
 * process is told to stop.
 */
import { spawn } from 'node:child_process'
import { root } from './folders.mjs'

/** How long a child that was asked to end may take for it. */
const END_WITHIN_MS = 10_000

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    if (running.size === 0) process.exit(130)
  })
}
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to ours
 * @property {boolean} [quiet] keep the output instead of showing it
 * @property {number} [limitMs] kill it after this time
 * @property {(line: string) => boolean} [keepLine] which lines of its error output are worth showing
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>}
 */
export function runChild(command, args, options = {}) {
  const { cwd = root, env = {}, quiet = false, limitMs, keepLine } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet || keepLine ? 'pipe' : 'inherit'],
    })
    running.add(child)
    let output = ''
    let timedOut = false
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            // First asked: it has servers and windows of its own to take down.
            child.kill('SIGTERM')
            setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS).unref()
          }, limitMs)
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    if (quiet) {
      child.stderr?.on('data', (chunk) => {
        output += chunk
      })
    } else if (keepLine && child.stderr) {
      let rest = ''
      child.stderr.on('data', (chunk) => {
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) if (keepLine(line)) process.stderr.write(`${line}\n`)
      })
    }
    const settle = () => {
      clearTimeout(timer)
      running.delete(child)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      resolve({ code: code ?? (signal ? 128 : 1), output, timedOut })
    })
  })
}

/**
 * npm, by the very copy that started us where there is one: on Windows `npm` is no program but a script.
 * @param {readonly string[]} args
 * @param {Options} [options]
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return runChild(process.execPath, [script, ...args], options)
  return process.platform === 'win32'
    ? runChild('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
    : runChild('npm', args, options)
}
