import { spawn } from 'node:child_process'

/**
 * Runs a program and shows what it prints.
 * @param {string} command a program of the project or of the system
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, minutes?: number }} [options] stopped after so many minutes
 * @returns {Promise<boolean>} whether it ended well
 */
export function run(command, args, { env = {}, minutes = 15 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, PATH: `node_modules/.bin:${process.env.PATH}` },
    })
    const timer = setTimeout(() => {
      console.error(`${command} took longer than ${minutes} minutes and was stopped`)
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 5000).unref()
    }, minutes * 60_000)
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`)
      clearTimeout(timer)
      resolve(false)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}
