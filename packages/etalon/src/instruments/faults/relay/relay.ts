import { connect, createServer, type Server, type Socket } from 'node:net'
import type { ActiveFault, LinkConnection, Protocol } from '../fault.ts'
import { framerOf } from '../protocols/index.ts'
import { openPipe } from './pipe.ts'
import { connectInBlocks, plainSource } from './reading.ts'

export interface RelayOptions {
  /** Where the service listens. */
  readonly host: string
  readonly port: number
  /** Where the relay listens; 0 for a free port. */
  readonly listenPort: number
  readonly protocol: Protocol
  readonly faults: () => readonly ActiveFault[]
}

/** What has gone through a relay. */
export interface RelayTraffic {
  connections: number
  open: number
  bytesUp: number
  bytesDown: number
}

export interface Relay {
  readonly port: number
  readonly traffic: Readonly<RelayTraffic>
  /** Ends every connection that is open now. */
  cutAll(reset: boolean): number
  close(): Promise<void>
}

/** Listens on 127.0.0.1 and carries every connection to the service, and its faults. */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const traffic: RelayTraffic = { connections: 0, open: 0, bytesUp: 0, bytesDown: 0 }
  const open = new Set<LinkConnection>()
  const ending = new WeakSet<LinkConnection>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    traffic.connections += 1
    traffic.open += 1
    const connection = carry(client, options, traffic)
    open.add(connection)
    client.once('close', () => {
      traffic.open -= 1
      open.delete(connection)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.listenPort, '127.0.0.1', resolve)
  })
  return {
    port: portOf(server),
    traffic,
    cutAll: (reset) => {
      // Who takes his time to end after a cut is not cut once more.
      const connections = [...open].filter((connection) => reset || !ending.has(connection))
      for (const connection of connections) {
        ending.add(connection)
        if (reset) connection.reset()
        else connection.cut()
      }
      return connections.length
    },
    close: async () => {
      for (const connection of open) connection.reset()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function carry(client: Socket, options: RelayOptions, traffic: RelayTraffic): LinkConnection {
  const { host, port, protocol, faults } = options
  const framer = framerOf(protocol)
  const fromService = framer
    ? plainSource(connect({ host, port, allowHalfOpen: true, noDelay: true }))
    : connectInBlocks(host, port)
  const service = fromService.socket
  let attached = true
  const connection: LinkConnection = {
    number: traffic.connections,
    cut: () => {
      client.end()
      service.end()
      client.destroySoon()
      service.destroySoon()
    },
    reset: () => {
      client.resetAndDestroy()
      service.resetAndDestroy()
    },
    detach: () => {
      attached = false
    },
  }
  // A side that breaks takes the other along; who spoke to it sees what it would see anyway.
  const along = (work: () => void) => () => {
    if (attached) work()
  }
  client.on(
    'error',
    along(() => service.destroy()),
  )
  service.on(
    'error',
    along(() => client.resetAndDestroy()),
  )
  client.once(
    'close',
    along(() => service.destroySoon()),
  )
  service.once(
    'close',
    along(() => client.destroySoon()),
  )

  const shared = { connection, framer, faults }
  openPipe({
    ...shared,
    source: plainSource(client),
    destination: service,
    direction: 'up',
    count: (bytes) => {
      traffic.bytesUp += bytes
    },
  })
  openPipe({
    ...shared,
    source: fromService,
    destination: client,
    direction: 'down',
    count: (bytes) => {
      traffic.bytesDown += bytes
    },
  })
  return connection
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  return address.port
}
