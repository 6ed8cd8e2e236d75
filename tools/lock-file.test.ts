import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lockFile = new URL('../package-lock.json', import.meta.url)
const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as {
  readonly packages: Readonly<Record<string, LockEntry>>
}

// npm drops an optional package it cannot find, and then refuses its own lock file as incomplete.
test('holds every platform package that its tools name, so that a clean install works', () => {
  const missing: string[] = []
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isResolvable(name, path)) missing.push(`${path || 'the workspace'}: ${name}`)
    }
  }
  expect(missing).toEqual([])
})

test('names no download address, so that it works with any registry', () => {
  const addresses = Object.values(packages)
    .filter(({ link }) => !link)
    .flatMap(({ resolved }) => resolved ?? [])
  expect(addresses).toEqual([])
})

/** Looks where Node.js would: beside the dependent, then in each folder above it. */
function isResolvable(name: string, dependent: string): boolean {
  for (let at = dependent; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}
