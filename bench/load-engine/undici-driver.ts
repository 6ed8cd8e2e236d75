// undici as a driver: undici-driver.ts <port> <seconds>. One client a connection and the lowest
// interface it has, `dispatch`; a latency is taken of each request and thrown away.
import { Client } from 'undici'

const [port, seconds = '1'] = process.argv.slice(2)
const endsAt = performance.now() + Number(seconds) * 1_000
let latencyMs = 0

function ask(client: Client, done: () => void): void {
  const sentAt = performance.now()
  client.dispatch(
    { path: '/', method: 'GET' },
    {
      onRequestStart: () => {},
      onResponseStart: () => {},
      onResponseData: () => {},
      onResponseEnd: () => {
        latencyMs = performance.now() - sentAt
        if (sentAt + latencyMs < endsAt) ask(client, done)
        else done()
      },
      onResponseError: (_controller, error) => {
        throw error
      },
    },
  )
}

await Promise.all(
  Array.from({ length: 50 }, async () => {
    const client = new Client(`http://127.0.0.1:${port}`)
    await new Promise<void>((resolve) => ask(client, resolve))
    await client.close()
  }),
)
