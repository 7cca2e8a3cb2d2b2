// The libraries as they come, to compare with: node plainServer.mjs FOLDER
import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const tus = new Server({ path: '/api/files', datastore: new FileStore({ directory: process.argv[2] }), relativeLocation: true })
const server = createServer((request, reply) => void tus.handle(request, reply))
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${server.address().port}\n`))
