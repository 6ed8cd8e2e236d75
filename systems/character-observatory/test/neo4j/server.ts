import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A Neo4j server of its own, on a free port of the loopback. */
export interface Neo4jServer {
  readonly url: string
  readonly password: string
  /** Ends it and takes its store away. */
  stop(): Promise<void>
}

const here = import.meta.dirname
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1'
const javaOptions = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** What is missing on this machine to run Neo4j; nothing where it can. */
export function missingForNeo4j(): string | undefined {
  for (const [command, option] of [
    ['mvn', '--version'],
    ['javac', '-version'],
  ] as const) {
    if (spawnSync(command, [option]).status !== 0) return `${command} is not installed`
  }
  return undefined
}

/**
 * Starts Neo4j. Maven brings it the first time (about 160 MB) and finds it from then on. It ends
 * with this process, because its standard input does.
 */
export async function startNeo4j(): Promise<Neo4jServer> {
  const folder = mkdtempSync(join(os.tmpdir(), 'observatory-neo4j-'))
  const password = randomBytes(18).toString('base64url')
  const started: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.stdin?.end()
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const server = spawn(
      'nice',
      ['java', ...javaOptions, '-cp', classPath(folder), 'Server.java', join(folder, 'home')],
      { cwd: here, env: { ...process.env, NEO4J_PASSWORD: password } },
    )
    started.push(server)
    return { url: `bolt://127.0.0.1:${await portOf(server)}`, password, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Where Maven has put the server and what it needs. */
function classPath(folder: string): string {
  const file = join(folder, 'class-path.txt')
  const goal = [`${plugin}:build-classpath`, `-Dmdep.outputFile=${file}`]
  const { status, stdout } = spawnSync('nice', ['mvn', '--quiet', '--batch-mode', ...goal], {
    cwd: here,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`Maven did not bring Neo4j: ${stdout}`)
  return readFileSync(file, 'utf8')
}

async function portOf(server: ReturnType<typeof spawn>): Promise<number> {
  const said: string[] = []
  const { stdout, stderr } = server
  if (stdout === null || stderr === null) throw new Error('Neo4j has no output')
  stderr.on('data', (text: Buffer) => said.push(text.toString()))
  for await (const line of createInterface({ input: stdout })) {
    const port = /^port (\d+)$/.exec(line)?.[1]
    if (port !== undefined) {
      stdout.resume()
      return Number(port)
    }
    said.push(line)
  }
  throw new Error(`Neo4j did not start:\n${said.join('\n')}`)
}
