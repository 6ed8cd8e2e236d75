import { expect, test } from 'vitest'
import type { Caller } from '../src/checklist/caller.ts'
import { area, checkItems, describeResults } from '../src/checklist/item.ts'
import { must, walk } from '../src/checklist/step.ts'
import type { Scene } from '../src/checklist/scene.ts'

const caller: Caller = (_method, path) =>
  Promise.resolve({
    status: path === '/away' ? 404 : 200,
    headers: new Headers(),
    text: '',
    body: 7,
  })
const scene = { anyone: caller } as Scene

test('an item that fails is told, and the next one is still checked', async () => {
  const items = area('Doors', {
    closed: async ({ anyone }) => {
      await walk(anyone, [
        [200, 'GET', '/'],
        [200, 'GET', '/away'],
      ])
      return 'never said'
    },
    open: () => Promise.resolve('one door'),
  })
  const results = await checkItems(items, scene)
  expect(results).toEqual([
    { area: 'Doors', title: 'closed', ok: false, found: 'GET /away: 404, not 200' },
    { area: 'Doors', title: 'open', ok: true, found: 'one door' },
  ])
  expect(describeResults(results).split('\n')).toEqual([
    'Doors',
    '  not ok  closed: GET /away: 404, not 200',
    '  ok      open: one door',
    '',
    '1 of 2 items are ok',
  ])
})

test('what has to be so and is not is an error with its problem', () => {
  expect(() => must(false, 'the door is shut')).toThrow('the door is shut')
  expect(() => must(true, 'the door is shut')).not.toThrow()
})
