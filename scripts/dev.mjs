// For development: the server, restarted when its files change, and Vite in front of it. Arguments go to the server.
import { spawn } from 'node:child_process'

const API_PORT = '5174'
const children = [
  spawn('node_modules/.bin/tsx', ['watch', '--clear-screen=false', 'mock-server/main.ts', '--port', API_PORT, ...process.argv.slice(2)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  }),
  spawn('node_modules/.bin/vite', [], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, API: `http://127.0.0.1:${API_PORT}` },
  }),
]

// Ctrl-C reaches both by itself; when one of them ends, the other has no use.
for (const child of children) child.once('exit', (code) => stop(code ?? 0))
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => stop(0))

function stop(code) {
  process.exitCode ||= code
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
}
