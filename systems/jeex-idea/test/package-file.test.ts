import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { packDocuments, sha256Of } from '../src/package-file.ts'

const project = { id: 'p', name: 'Idea', language: 'en' }
const plan = { document_type: 'implementation_plan', version: 2, content: '# Plan\n' } as const
const idea = { document_type: 'idea_description', version: 7, content: '# Idé\n' } as const

test('the same versions give the same bytes, in any order', () => {
  expect(packDocuments(project, [plan, idea]).sha256).toBe(
    packDocuments(project, [idea, plan]).sha256,
  )
})

test('another version gives other bytes', () => {
  const next = { ...idea, version: 8 }
  expect(packDocuments(project, [next]).sha256).not.toBe(packDocuments(project, [idea]).sha256)
})

test('the manifest names every file with its checksum', () => {
  const { bytes, manifest, sha256 } = packDocuments(project, [plan, idea])
  const files = unzipSync(bytes)
  expect(sha256Of(bytes)).toBe(sha256)
  expect(JSON.parse(strFromU8(files['manifest.json'] as Uint8Array))).toEqual(manifest)
  expect(manifest.files.map(({ file, version }) => [file, version])).toEqual([
    ['1-idea_description.md', 7],
    ['4-implementation_plan.md', 2],
  ])
  for (const { file, sha256: expected } of manifest.files) {
    expect(sha256Of(files[file] as Uint8Array)).toBe(expected)
  }
  expect(strFromU8(files['1-idea_description.md'] as Uint8Array)).toBe(idea.content)
})
