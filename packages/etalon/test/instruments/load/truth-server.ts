// A server whose delays are known, in a process of its own: `truth-server.ts <law>`. It answers any
// request, sleeps like the driver does and writes when an answer is due to a few microseconds.
import { createServer, type Socket } from 'node:net'
import { DueQueue } from '../../../src/instruments/load/schedule/due-queue.ts'

const answer = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
const head = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no')
const unavailable = Buffer.from('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n')
const stallMs = 1_400

const law = process.argv[2] ?? 'none'
const [kind = '', parameter] = law.split(':')
const waiting = new DueQueue()
const sockets = new Map<number, Socket>()
let requests = 0
let looking = false

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {})
  socket.on('data', () => {
    requests += 1
    serve(socket)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
process.once('disconnect', () => process.exit())

function serve(socket: Socket): void {
  switch (kind) {
    case 'fixed':
      answerAfter(socket, Number(parameter))
      break
    case 'tenth':
      // Every tenth answer is late by 20, 20.1, … to 119.9 ms, a thousand laws' steps in turn.
      if (requests % 10 === 0) answerAfter(socket, 20 + (((requests / 10) * 37 * 0.1) % 100))
      else socket.write(answer)
      break
    case 'stall':
      if (requests === Number(parameter))
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs)
      socket.write(answer)
      break
    case 'drip':
      socket.write(head)
      setTimeout(() => socket.write('k'), Number(parameter))
      break
    case 'refuse':
      socket.write(unavailable)
      break
    case 'silent':
      if (requests % Number(parameter) !== 0) socket.write(answer)
      break
    case 'cut':
      if (requests % Number(parameter) === 0) socket.destroy()
      else socket.write(answer)
      break
    default:
      socket.write(answer)
  }
}

function answerAfter(socket: Socket, delayMs: number): void {
  sockets.set(requests, socket)
  waiting.push(performance.now() + delayMs, requests)
  if (!looking) look()
}

function look(): void {
  looking = false
  const now = performance.now()
  while (waiting.nextDueUs <= now) {
    const number = waiting.pop()
    sockets.get(number)?.write(answer)
    sockets.delete(number)
  }
  if (waiting.nextDueUs === Number.POSITIVE_INFINITY) return
  looking = true
  const sleepMs = Math.floor(waiting.nextDueUs - now - 1.5)
  if (sleepMs < 1) setImmediate(look)
  else setTimeout(look, sleepMs)
}
