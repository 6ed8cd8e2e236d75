import { readFileSync } from 'node:fs'

/** A connection that a process of the system noted itself: that it tried, and what came of it. */
export interface NotedConnection {
  readonly atMs: number
  readonly pid: number
  /** Path of a socket that is a file. */
  readonly path?: string
  /** As the process asked for it, a name perhaps. */
  readonly host?: string
  readonly port?: number
  /** Where it came out; not there when it was refused. */
  readonly address?: string
  readonly localPort?: number
}

/** What a process of the system and those it started have noted. */
export interface ConnectionRecord {
  readonly connections: readonly NotedConnection[]
  /** The processes that note what they do: those that run on Node.js. */
  readonly pids: ReadonlySet<number>
}

/** The first line of an attempt and the one that tells what came of it have the same id. */
interface Line extends NotedConnection {
  readonly id?: string
}

/** Reads the file in which `connection-hook.cjs` notes connections, one JSON object a line. */
export function readConnectionRecord(file: string | undefined): ConnectionRecord {
  const connections = new Map<string, NotedConnection>()
  const pids = new Set<number>()
  for (const line of linesOf(file)) {
    pids.add(line.pid)
    if (line.id === undefined) continue
    const { id, ...facts } = line
    const attempt = connections.get(id)
    connections.set(id, { ...attempt, ...facts, atMs: attempt?.atMs ?? facts.atMs })
  }
  return { connections: [...connections.values()], pids }
}

/** The last line may be half written by a process that was killed. */
function linesOf(file: string | undefined): Line[] {
  if (file === undefined) return []
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}
