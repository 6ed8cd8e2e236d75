// The library `ws` alone: a process that sends each message it is told of to all its clients.
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })

server.on('listening', () => process.send(server.address()))
process.on('message', ({ text, messages }) => {
  for (let message = 0; message < messages; message += 1) {
    for (const client of server.clients) client.send(text)
  }
})
process.on('disconnect', () => process.exit())
