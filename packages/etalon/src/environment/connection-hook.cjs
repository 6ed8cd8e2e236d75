// Loaded by `--require` into every Node.js process of a system, before the product: notes every
// connection that the process, its threads or what it starts tries to make, in a file that outlives it.
// It is CommonJS, because a system may run on any Node.js. A connection costs it two short writes.
'use strict'

const { appendFileSync } = require('fs')
const { Socket } = require('net')
const { threadId } = require('worker_threads')

const file = process.env['ETALON_CONNECTIONS']

if (file !== undefined) {
  let attempts = 0
  const note = (facts) => {
    try {
      appendFileSync(file, `${JSON.stringify({ atMs: Date.now(), pid: process.pid, ...facts })}\n`)
    } catch {
      // The product would fail for something that only concerns its verifier.
    }
  }
  const connect = Reflect.get(Socket.prototype, 'connect')
  Socket.prototype.connect = function (...args) {
    attempts += 1
    const id = `${process.pid}.${threadId}.${attempts}`
    note({ id, ...destinationOf(args) })
    this.once('connect', () => {
      const { remoteAddress, remotePort, localPort } = this
      if (remotePort !== undefined)
        note({ id, address: remoteAddress, port: remotePort, localPort })
    })
    return connect.apply(this, args)
  }
  note({ began: true })
}

/** All the ways in which `connect` takes its destination; `net.connect` wraps them in a list. */
function destinationOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (first !== null && typeof first === 'object') {
    if (typeof first.path === 'string') return { path: first.path }
    return { host: first.host || 'localhost', port: Number(first.port) }
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first }
  return { host: typeof second === 'string' ? second : 'localhost', port: Number(first) }
}
