// A server whose delays are known, in a process of its own: `truth-server.ts <law> [exact]`. It answers
// any request, and says on request what it really did. An exact one never sleeps but looks all the
// time, so that it knows when a request came: after it had looked before, and before it looked now.
import { createServer, type Socket } from 'node:net'
import { DueQueue } from '../../../src/instruments/load/schedule/due-queue.ts'

const answer = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
const head = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no')
const unavailable = Buffer.from('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n')
const stallMs = 1_400

const [, , law = 'none', manner] = process.argv
const exact = manner === 'exact'
const [kind = '', parameter] = law.split(':')
const waiting = new DueQueue()
const sockets = new Map<number, Socket>()
let requests = 0
let looking = false
let lookedMs = performance.now()
let lookedBeforeMs = lookedMs
/** Of each answer, in the order in which they were due: how long it took at least and at most. */
const took: { leastMs: number; mostMs: number }[] = []

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {})
  socket.on('data', () => {
    requests += 1
    serve(socket)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
process.on('message', () => process.send?.(took))
process.once('disconnect', () => process.exit())
if (exact) look()

function serve(socket: Socket): void {
  switch (kind) {
    case 'fixed':
      answerAfter(socket, Number(parameter))
      break
    case 'tenth':
      // Every tenth answer is late by 20, 20.1, … to 119.9 ms, a thousand laws' steps in turn.
      if (requests % 10 === 0) answerAfter(socket, 20 + (((requests / 10) * 37 * 0.1) % 100))
      else answerAfter(socket, 0)
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
  const readMs = performance.now()
  sockets.set(requests, socket)
  took[requests - 1] = { leastMs: readMs, mostMs: lookedBeforeMs }
  waiting.push(readMs + delayMs, requests)
  if (!looking) look()
}

function writeAnswer(number: number): void {
  const { leastMs: readMs = 0, mostMs: unreadMs = 0 } = took[number - 1] ?? {}
  const leastMs = performance.now() - readMs
  sockets.get(number)?.write(answer)
  took[number - 1] = { leastMs, mostMs: performance.now() - unreadMs }
  sockets.delete(number)
}

function look(): void {
  looking = false
  const now = performance.now()
  while (waiting.nextDueUs <= now) {
    writeAnswer(waiting.pop())
  }
  ;[lookedBeforeMs, lookedMs] = [lookedMs, performance.now()]
  if (!exact && waiting.nextDueUs === Number.POSITIVE_INFINITY) return
  looking = true
  const sleepMs = Math.floor(waiting.nextDueUs - now - 1.5)
  if (exact || sleepMs < 1) setImmediate(look)
  else setTimeout(look, sleepMs)
}
