import { createHash } from 'node:crypto'
import { strToU8, zipSync, type Zippable } from 'fflate'
import type { DocumentRow } from './schema/document.ts'
import { documentTypes } from './vocabulary.ts'

/** What an export holds, as it tells itself in `manifest.json`. */
export interface Manifest {
  readonly format: 1
  readonly project: { readonly id: string; readonly name: string; readonly language: string }
  readonly files: readonly ManifestFile[]
}

interface ManifestFile {
  readonly file: string
  readonly type: string
  readonly version: number
  readonly sha256: string
}

/** A file that is handed out. */
export interface Package {
  readonly manifest: Manifest
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** The first moment that a ZIP file can tell; every file has it, whenever it is packed. */
const timeless = new Date(1980, 0, 1)

/**
 * Packs the latest document versions into a ZIP file. The same versions give the same bytes, in
 * any order and at any time.
 */
export function packDocuments(
  project: Manifest['project'],
  documents: readonly Pick<DocumentRow, 'document_type' | 'version' | 'content'>[],
): Package {
  const inOrder = documentTypes.flatMap((type, step) =>
    documents
      .filter((document) => document.document_type === type)
      .map((document) => ({ ...document, file: `${step + 1}-${type}.md` })),
  )
  const manifest: Manifest = {
    format: 1,
    project: { id: project.id, name: project.name, language: project.language },
    files: inOrder.map(({ file, document_type, version, content }) => ({
      file,
      type: document_type,
      version,
      sha256: sha256Of(strToU8(content)),
    })),
  }
  const files: Zippable = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    ...Object.fromEntries(inOrder.map(({ file, content }) => [file, strToU8(content)])),
  }
  const bytes = zipSync(files, { level: 6, mtime: timeless, os: 3 })
  return { manifest, bytes, sha256: sha256Of(bytes) }
}

/** SHA-256 in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
