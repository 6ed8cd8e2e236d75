import { once } from 'node:events'
import { connect } from 'node:net'

/** What a Redis answers to one command, as its protocol has it. */
export async function askRedis(url: string, command: string): Promise<string> {
  const { hostname, port, password } = new URL(url)
  const socket = connect(Number(port), hostname)
  try {
    await once(socket, 'connect')
    socket.write(`AUTH ${decodeURIComponent(password)}\r\n`)
    await once(socket, 'data')
    socket.write(`${command}\r\n`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    return answer.toString()
  } finally {
    socket.destroy()
  }
}
