import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Clients that count the messages they get, and look at nothing else: they cost little. */
export interface Audience {
  /** Messages that every client has had. */
  readonly least: number
  /** Resolves with the moments of receipt since the call, once every client has had so many more. */
  hears(messages: number): Promise<readonly number[]>
  close(): void
}

/** Connects clients over WebSocket, as RFC 6455 has it. */
export async function gather(
  url: string,
  clients: number,
  headersOf: (client: number) => Readonly<Record<string, string>>,
): Promise<Audience> {
  const counts = new Uint32Array(clients)
  let moments: number[] = []
  let goal = Infinity
  let behind = 0
  let done = Promise.withResolvers<void>()
  const note = (client: number): void => {
    moments.push(performance.now())
    const count = (counts[client] ?? 0) + 1
    counts[client] = count
    if (count !== goal) return
    behind -= 1
    if (behind === 0) done.resolve()
  }
  const open = await Promise.all(
    Array.from({ length: clients }, (_, client) =>
      handshake(new URL(url), headersOf(client), () => note(client)),
    ),
  )
  return {
    get least() {
      return Math.min(...counts)
    },
    hears: async (messages) => {
      moments = []
      done = Promise.withResolvers()
      goal = (counts[0] ?? 0) + messages
      behind = clients
      if (new Set(counts).size > 1) throw new Error('the clients have not had the same')
      await done.promise
      goal = Infinity
      return moments
    },
    close: () => {
      for (const socket of open) socket.destroy()
    },
  }
}

async function handshake(
  { hostname, port, pathname }: URL,
  headers: Readonly<Record<string, string>>,
  onMessage: () => void,
): Promise<Socket> {
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const key = randomBytes(16).toString('base64')
  const lines = Object.entries({
    host: `${hostname}:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const accepted = createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  const opened = Promise.withResolvers<void>()
  const read = frameReader((opcode, payload) => {
    if (opcode === opcodes.text) onMessage()
    // Who does not answer is dropped after two of them.
    if (opcode === opcodes.ping) socket.write(pongOf(payload))
  })
  let answer: Buffer = Buffer.alloc(0)
  let isOpen = false
  socket.on('data', (chunk) => {
    if (isOpen) return read(chunk)
    answer = Buffer.concat([answer, chunk])
    const end = answer.indexOf('\r\n\r\n')
    if (end === -1) return
    isOpen = answer.subarray(0, end).includes(accepted)
    if (!isOpen) return opened.reject(new Error(answer.toString('latin1', 0, end)))
    opened.resolve()
    read(answer.subarray(end + 4))
  })
  socket.write(`GET ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`)
  await opened.promise
  return socket
}

/** First bytes of frames that are whole messages. */
const opcodes = { text: 0x81, ping: 0x89, pong: 0x8a } as const

const isMasked = 0x80

/** The answer to a ping; what a client sends is masked, here with zeros. */
function pongOf(payload: Buffer): Buffer {
  const mask = Buffer.alloc(4)
  return Buffer.concat([Buffer.of(opcodes.pong, isMasked | payload.length), mask, payload])
}

/** Calls `onFrame` for each frame that is complete; a server's frames are not masked. */
function frameReader(onFrame: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (;;) {
      const [opcode, short] = [bytes[at], bytes[at + 1]]
      if (opcode === undefined || short === undefined) break
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length < at + head) break
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2))
      const end = at + head + length
      if (bytes.length < end) break
      onFrame(opcode, bytes.subarray(at + head, end))
      at = end
    }
    rest = bytes.subarray(at)
  }
}
