import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { Pool } from 'undici'
import { until } from '../../kernel/clock.ts'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { forward, type Target } from './forward.ts'
import type { SideLog, SideName } from './side-log.ts'
import type { Split } from './split.ts'
import { tunnel } from './tunnel.ts'

/** A reverse proxy in front of two revisions. */
export interface CanaryProxy {
  readonly url: string
  /** Requests of a side that are under way. */
  inFlight(side: SideName): number
  /** Answers what is under way, then closes every connection. */
  close(): Promise<void>
}

export interface CanaryProxyOptions {
  readonly stable: string
  readonly candidate: string
  /** 0 for a free one. */
  readonly port: number
  readonly timeoutMs: number
  readonly split: Split
  /** Where requests that arrive now are counted. */
  readonly logOf: (side: SideName) => SideLog
}

const loopback = '127.0.0.1'

/**
 * Listens, once both revisions have accepted a connection.
 *
 * @throws ETALON_CANARY_UNREACHABLE, ETALON_PORT_TAKEN
 */
export async function openProxy(options: CanaryProxyOptions): Promise<CanaryProxy> {
  const targets = { stable: targetOf(options, 'stable'), candidate: targetOf(options, 'candidate') }
  const inFlight = { stable: 0, candidate: 0 }
  const tunnels = new Set<Duplex>()
  const server = createServer((request, response) => {
    const { side, client } = options.split.choose(request.headers)
    const open = options.logOf(side).begin(client)
    inFlight[side] += 1
    void forward(request, response, { target: targets[side], open }).then(() => {
      inFlight[side] -= 1
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const { side } = options.split.choose(request.headers)
    tunnels.add(socket.once('close', () => tunnels.delete(socket)))
    tunnel(request, socket, head, targets[side])
  })
  try {
    for (const target of Object.values(targets)) await reach(target)
    await listen(server, options)
  } catch (error) {
    await Promise.all(Object.values(targets).map(({ pool }) => pool.destroy()))
    throw error
  }
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${loopback}:${port}`,
    inFlight: (side) => inFlight[side],
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      const ended = (): true | undefined =>
        inFlight.stable + inFlight.candidate > 0 ? undefined : true
      await until(ended, { timeoutMs: options.timeoutMs })
      server.closeAllConnections()
      for (const open of tunnels) open.destroy()
      await closed
      await Promise.all(Object.values(targets).map(({ pool }) => pool.destroy()))
    },
  }
}

function targetOf(options: CanaryProxyOptions, side: SideName): Target {
  const url = new URL(options[side])
  const pool = new Pool(url.origin, { connect: { timeout: options.timeoutMs } })
  return { side, url, pool, timeoutMs: options.timeoutMs }
}

/** Any answer will do; none means that nobody should be sent there. */
async function reach({ side, url, pool, timeoutMs }: Target): Promise<void> {
  try {
    const answer = await pool.request({
      method: 'GET',
      path: url.pathname,
      headersTimeout: timeoutMs,
    })
    await answer.body.dump()
  } catch (error) {
    const facts = { side, url: url.href, problem: messageOf(error) }
    throw new EtalonError('ETALON_CANARY_UNREACHABLE', facts, { cause: error })
  }
}

async function listen(server: Server, { port }: CanaryProxyOptions): Promise<void> {
  server.listen(port, loopback)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new EtalonError('ETALON_PORT_TAKEN', { port }, { cause: error })
  }
}
