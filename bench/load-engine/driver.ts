// The drivers that are compared, each as a command for a URL and a number of seconds.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findPeer, peers } from './peer.ts'

/** A driver that can be run. */
export interface Driver {
  readonly name: string
  readonly env: NodeJS.ProcessEnv
  command(url: string, seconds: number): readonly [program: string, ...args: string[]]
}

export const fastLane = 'etalon, fast lane'
export const scenarioLane = 'etalon, scenario'
export const least = 'least in Node.js'

/** All drivers of this machine; ours come first. */
export function findDrivers(): { drivers: readonly Driver[]; missing: readonly string[] } {
  const found = peers.map((peer) => ({ peer, program: findPeer(peer) }))
  const others = found.flatMap(({ peer, program }) =>
    program === undefined
      ? []
      : [
          {
            name: program.title,
            env: program.env,
            command: (url: string, seconds: number) =>
              [program.program, ...peer.args(url, seconds)] as const,
          },
        ],
  )
  const missing = found.filter(({ program }) => !program).map(({ peer }) => peer.name)
  return { drivers: [...own, autocannon(), ...others], missing }
}

const here = import.meta.dirname
const { env } = process

const inNode = (name: string, file: string, ...further: readonly string[]): Driver => ({
  name,
  env,
  command: (url, seconds) => [
    process.execPath,
    join(here, file),
    new URL(url).port,
    `${seconds}`,
    ...further,
  ],
})

const own: readonly Driver[] = [
  inNode(fastLane, 'etalon-driver.ts', 'fast'),
  inNode(scenarioLane, 'etalon-driver.ts', 'scenario'),
  inNode(least, 'least-driver.ts'),
  inNode('undici dispatch', 'undici-driver.ts'),
]

function autocannon(): Driver {
  const require = createRequire(import.meta.url)
  const program = require.resolve('autocannon')
  const { version } = require('autocannon/package.json') as { version: string }
  return {
    name: `autocannon ${version}`,
    env,
    command: (url, seconds) => [process.execPath, program, '-c', '50', '-d', `${seconds}`, url],
  }
}
