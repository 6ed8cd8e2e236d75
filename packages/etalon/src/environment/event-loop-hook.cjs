// Loaded by `--require` into every Node.js process of a system, before the product, so that a probe can
// ask how late its event loop is. It is CommonJS, because a system may run on any Node.js. While
// nobody asks, nothing is measured; it keeps no process alive.
'use strict'

const { createServer } = require('net')
const { monitorEventLoopDelay } = require('perf_hooks')
const { isMainThread } = require('worker_threads')

// The monitor counts the whole time between two looks, also the part it means to sleep.
const resolution = 10
const prefix = process.env['ETALON_EVENT_LOOP']

if (isMainThread && prefix !== undefined && process.platform === 'linux') {
  const server = createServer((socket) => {
    const delays = monitorEventLoopDelay({ resolution })
    delays.enable()
    socket.unref()
    socket.on('data', () => {
      socket.write(`${Math.max(0, delays.max / 1e6 - resolution)}\n`)
      delays.reset()
    })
    socket.on('error', () => {})
    socket.on('close', () => delays.disable())
  })
  // Without this the product would fail for something that only concerns its probe.
  server.on('error', () => {})
  server.listen({ path: `\0${prefix}${process.pid}`, exclusive: true })
  server.unref()
}
