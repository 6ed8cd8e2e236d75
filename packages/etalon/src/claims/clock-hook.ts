// Loaded by `--import` into a process whose clock a claim may move: `new Date()` and `Date.now()`
// answer the real time plus an offset that stands in a file. SIGUSR2 makes the process read the file
// again and confirm it, so that a claim knows when the new time is in force. Timers run on real
// time, and so does everything outside the process, the database included.
import { readFileSync, writeFileSync } from 'node:fs'
import { clockVariable } from './movable-clock.ts'

const file = process.env[clockVariable]
if (file === undefined) throw new Error(`expected ${clockVariable}, found nothing`)
const RealDate = Date
let offsetMs = 0

function readOffset(path: string): void {
  const content = readFileSync(path, 'utf8')
  offsetMs = Number(content)
  writeFileSync(`${path}.${process.pid}`, content)
}

function now(): number {
  return RealDate.now() + offsetMs
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver): unknown =>
    name === 'now' ? now : Reflect.get(target, name, receiver),
})
process.on('SIGUSR2', () => readOffset(file))
readOffset(file)
