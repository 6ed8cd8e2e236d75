// The server that all drivers load: server.ts <short|service>. It answers any request as cheaply as
// Node.js can, and counts; it is asked for the count over IPC. The short answer is always the same 27
// bytes under two fields. The other is what the services here answer: their 15 fields, of which the
// request's id and what is left of the rate limit are new each time, and a licence.
import { createServer } from 'node:net'

const [, , kind = 'short'] = process.argv
const shortBody = 'hello from the load target!'
const short = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${shortBody.length}\r\n\r\n${shortBody}`,
)
const license = JSON.stringify({
  id: 48_213,
  specialization: 'LFA_FOOTBALL_PLAYER',
  ageGroup: 'YOUTH',
  currentLevel: 5,
  highestLevel: 5,
  overallAverage: 71.4,
  skills: {
    heading: 68,
    shooting: 74.5,
    crossing: 70,
    passing: 77,
    dribbling: 72,
    ballControl: 67,
  },
  creditBalance: 12,
  startedAt: '2025-09-01T08:00:00.000Z',
  isActive: true,
})
const idAt = 'HTTP/1.1 200 OK\r\nx-request-id: '.length
const remainingField = 'x-ratelimit-remaining: '
const service = Buffer.from(
  [
    'HTTP/1.1 200 OK',
    'x-request-id: 7672575c-e2da-4b98-ab84-000000000000',
    "content-security-policy: default-src 'none';frame-ancestors 'none'",
    'cross-origin-resource-policy: same-origin',
    'referrer-policy: no-referrer',
    'strict-transport-security: max-age=31536000; includeSubDomains',
    'x-content-type-options: nosniff',
    'x-frame-options: SAMEORIGIN',
    'x-ratelimit-limit: 1000000',
    `${remainingField}000000`,
    'x-ratelimit-reset: 60',
    'content-type: application/json; charset=utf-8',
    `content-length: ${license.length}`,
    'Date: Sun, 22 Nov 2026 02:02:57 GMT',
    'Connection: keep-alive',
    'Keep-Alive: timeout=72',
    '',
    license,
  ].join('\r\n'),
)
const remainingAt = service.indexOf(remainingField) + remainingField.length
let requests = 0

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy())
  socket.on('data', () => {
    requests += 1
    socket.write(kind === 'short' ? short : serviceAnswer())
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
process.on('message', () => process.send?.(requests))
process.once('disconnect', () => process.exit())

function serviceAnswer(): Buffer {
  writeDigits(idAt + 24, 12, requests)
  writeDigits(remainingAt, 6, requests % 1_000_000)
  return service
}

function writeDigits(at: number, digits: number, value: number): void {
  let rest = value
  for (let place = at + digits - 1; place >= at; place -= 1) {
    service[place] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}
