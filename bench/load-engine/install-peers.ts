// node bench/load-engine/install-peers.ts
//
// Brings the drivers that `npm run bench -- load-engine` compares with ours into the cache folder: wrk
// from the distribution's package, k6 with Go, oha with Cargo, Locust with Python. Compiling takes some
// minutes, so it gives way to everything else. What is there already is left alone.
import { rmSync } from 'node:fs'
import os from 'node:os'
import { messageOf } from '../../packages/etalon/src/kernel/errors.ts'
import { findPeer, folderOf, peers } from './peer.ts'

const leastPriority = 19

os.setPriority(leastPriority)
for (const peer of peers) {
  const folder = folderOf(peer)
  try {
    if (!findPeer(peer)) peer.install(folder)
    console.log(findPeer(peer)?.title ?? `${peer.name}: still missing`)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    console.error(`${peer.name}: ${messageOf(error)}`)
    process.exitCode = 4
  }
}
