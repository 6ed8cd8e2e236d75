// The service behind the links: sends back what it gets, or as many bytes as it is asked for. A
// connection that begins with a digit asks for bytes.
import { createServer, type Socket } from 'node:net'

const block = Buffer.alloc(1_024 * 1_024, 'etalon')

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {})
  socket.once('data', (first: Buffer) => {
    const asked = Number(first.toString('latin1').trim())
    if (Number.isInteger(asked)) send(socket, asked)
    else socket.write(first)
    if (!Number.isInteger(asked)) socket.pipe(socket)
  })
})
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as { port: number }).port)
})
process.once('disconnect', () => process.exit())

function send(socket: Socket, bytes: number): void {
  let left = bytes
  const more = (): void => {
    while (left > 0) {
      const size = Math.min(left, block.length)
      left -= size
      if (!socket.write(block.subarray(0, size))) {
        socket.once('drain', more)
        return
      }
    }
    socket.end()
  }
  more()
}
