import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { verify } from '../src/claims/run.ts'
import { viewOf } from '../src/report/run-view.ts'

const root = new URL('../../../', import.meta.url).pathname
const pages = globSync('docs/**/*.md', { cwd: root })

describe('the documentation', () => {
  const blocks = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)].map(
      ([, file, text]) => ({ page, file: file as string, text: text as string }),
    ),
  )

  test.each(blocks)('$page shows $file as it is', ({ file, text }) => {
    expect(text).toBe(readFileSync(join(root, file), 'utf8'))
  })

  test('shows the whole example', () => {
    expect(blocks.map(({ file }) => file).sort()).toContain('docs/examples/counter/server.ts')
  })

  test.each(pages)('%s links to pages that exist', (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link]) => link)
    for (const link of links) {
      const target = join(root, page, '..', link as string)
      expect(globSync(target), `${page} links to ${link}`).toHaveLength(1)
    }
  })
})

describe('the system of ten lines', () => {
  const example = join(root, 'docs/examples/counter')
  mkdirSync(join(root, '.etalon'), { recursive: true })
  const copy = mkdtempSync(join(root, '.etalon', 'counter-'))
  cpSync(example, copy, { recursive: true, filter: (path) => !path.includes('.etalon/runs') })
  afterAll(() => rmSync(copy, { recursive: true }))

  test('is upheld, and its defects are convicted', async () => {
    const record = await verify(
      {
        directory: copy,
        systems: [],
        only: ['COUNT-01'],
        defects: true,
        command: 'etalon verify',
        version: '0',
        signal: new AbortController().signal,
      },
      {
        prepared: () => {},
        step: () => {},
        started: () => {},
        judged: () => {},
        recorded: () => {},
      },
    )
    expect(record.outcomes).toMatchObject([{ claim: 'COUNT-01', verdict: 'upheld' }])
    expect(record.defects).toMatchObject([
      { title: 'every tenth count is lost', convictions: [{ verdict: 'refuted' }] },
    ])
    expect(viewOf(record).escaped).toEqual([])
  })
})
