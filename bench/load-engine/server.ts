// The server that all drivers load: answers any request with the same 27 bytes, as cheaply as
// Node.js can, and counts. It is asked for the count over IPC.
import { createServer } from 'node:net'

const body = 'hello from the load target!'
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
)
let requests = 0

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy())
  socket.on('data', () => {
    requests += 1
    socket.write(answer)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
process.on('message', () => process.send?.(requests))
process.once('disconnect', () => process.exit())
