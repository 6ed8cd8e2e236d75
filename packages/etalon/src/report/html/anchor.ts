import type { RunRecord } from '../../evidence/run-record.ts'

/** Where things stand on the page. Every name occurs once. */
export interface Anchors {
  /** Of a requirement's line: its id, behind its system where two systems use the same id. */
  line(system: string, id: string): string
  /** Of a heading: as GitHub names it, behind its system. */
  heading(system: string, text: string): string
}

/** The anchors of one page; headings are numbered in the order they are asked for. */
export function anchorsOf(record: RunRecord): Anchors {
  const owners = new Map<string, string>()
  const shared = new Set<string>()
  for (const { name, requirements } of record.systems) {
    for (const { id } of requirements) {
      if (owners.has(id)) shared.add(id)
      owners.set(id, name)
    }
  }
  const taken = new Map<string, number>()
  return {
    line: (system, id) => (shared.has(id) ? `${system}/${id}` : id),
    heading: (system, text) => {
      const anchor = `${system}/${slugOf(text)}`
      const before = taken.get(anchor) ?? 0
      taken.set(anchor, before + 1)
      return before === 0 ? anchor : `${anchor}-${before}`
    },
  }
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
}
