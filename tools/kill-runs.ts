// Kills runs of `etalon verify` with kill -9 at random moments and looks for what they leave.
//
//   node tools/kill-runs.ts [runs] [system…]        200 runs of every system unless told otherwise
//
// Between two runs nothing of the killed one may be left: no process that carries its mark, no
// folder of a lease, no listening port of the range from which Etalon takes its own. The moments
// are drawn over the length of one whole run, which is measured first.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { stateDirectory } from '../packages/etalon/src/environment/directory.ts'
import { runVariable } from '../packages/etalon/src/environment/lease.ts'
import { monotonicMs, until } from '../packages/etalon/src/kernel/clock.ts'
import { freshSeed, random } from '../packages/etalon/src/kernel/random.ts'

const [runsText = '200', ...systems] = process.argv.slice(2)
const runs = Number(runsText)
const seed = process.env['SEED'] ?? freshSeed()
const draw = random(seed)
const bin = new URL('../packages/etalon/bin/etalon.js', import.meta.url).pathname

interface Leftovers {
  readonly processes: readonly string[]
  readonly folders: readonly string[]
  readonly ports: readonly number[]
}

function startRun(): ReturnType<typeof spawn> {
  return spawn(process.execPath, [bin, 'verify', ...systems], { stdio: 'ignore' })
}

function leftovers(portsBefore: ReadonlySet<number>): Leftovers {
  return {
    processes: markedProcesses(),
    folders: readdirSync(stateDirectory()).filter((name) => name.startsWith('run-')),
    ports: listeningPorts().filter((port) => !portsBefore.has(port)),
  }
}

function isClean({ processes, folders, ports }: Leftovers): boolean {
  return processes.length + folders.length + ports.length === 0
}

function markedProcesses(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${runVariable}=`)
    } catch {
      return false
    }
  })
}

function listeningPorts(): number[] {
  const listening = '0A'
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening)
    .map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '0', 16))
    .filter((port) => port >= 15_000 && port < 32_000)
}

const portsBefore = new Set(listeningPorts())
const startedAtMs = monotonicMs()
const [code] = await once(startRun(), 'exit')
if (code !== 0) {
  throw new Error(`A whole run must succeed first: expected exit code 0, found ${String(code)}.`)
}
const wholeRunMs = monotonicMs() - startedAtMs
console.log(`seed ${seed}; a whole run takes ${(wholeRunMs / 1_000).toFixed(1)} s`)

let dirty = 0
const sweepsMs: number[] = []
for (let run = 1; run <= runs; run += 1) {
  const killAtMs = draw.fraction() * wholeRunMs
  const child = startRun()
  const ended = once(child, 'exit')
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, killAtMs))])
  child.kill('SIGKILL')
  await ended
  const killedAtMs = monotonicMs()
  const clean = await until(() => (isClean(leftovers(portsBefore)) ? true : undefined), {
    timeoutMs: 20_000,
    everyMs: 20,
  })
  sweepsMs.push(monotonicMs() - killedAtMs)
  if (clean) continue
  dirty += 1
  console.log(`run ${run}, killed after ${killAtMs.toFixed(0)} ms, left`, leftovers(portsBefore))
}
sweepsMs.sort((a, b) => a - b)
const median = sweepsMs[Math.floor(sweepsMs.length / 2)] ?? 0
console.log(
  `${runs} runs killed, ${dirty} left something; clean after ${median.toFixed(0)} ms (median), ` +
    `${(sweepsMs.at(-1) ?? 0).toFixed(0)} ms at most`,
)
process.exitCode = dirty === 0 ? 0 : 1
