// The least that a driver in Node.js can cost: least-driver.ts <port> <seconds>. It writes a request
// again whenever bytes come, and looks at nothing: no answer is read, no time is taken.
import { connect } from 'node:net'
import { DirectWriter } from '../../packages/etalon/src/instruments/load/fast/direct-writer.ts'

const [port, seconds = '1'] = process.argv.slice(2)
const request = Buffer.from('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
const buffer = Buffer.allocUnsafeSlow(65_536)

for (let connection = 0; connection < 50; connection += 1) {
  const ask = (): boolean => {
    writer.write(request)
    return true
  }
  const socket = connect(
    { port: Number(port), host: '127.0.0.1', noDelay: true, onread: { buffer, callback: ask } },
    ask,
  )
  const writer = new DirectWriter(socket)
}
setTimeout(() => process.exit(), Number(seconds) * 1_000)
