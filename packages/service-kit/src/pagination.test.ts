import { expect, test } from 'vitest'
import { z } from 'zod'
import { pageFields, pageWindow, toPage } from './pagination.ts'

const query = z.strictObject(pageFields)

test('a page has a default and bounds', () => {
  expect(query.parse({})).toEqual({ page: 1, page_size: 50 })
  expect(query.parse({ page: '3', page_size: '200' })).toEqual({ page: 3, page_size: 200 })
  expect(query.safeParse({ page_size: '201' }).success).toBe(false)
  expect(query.safeParse({ page: '0' }).success).toBe(false)
})

test('a page is a window on the rows', () => {
  expect(pageWindow({ page: 3, page_size: 20 })).toEqual({ limit: 20, offset: 40 })
})

test('rows are counted only when a page does not tell how many there are', async () => {
  let counted = 0
  const count = async () => {
    counted += 1
    return 45
  }
  const total = async (page: number, items: number) =>
    (await toPage({ page, page_size: 20 }, Array.from({ length: items }), count)).total
  expect(await total(1, 5)).toBe(5)
  expect(await total(1, 0)).toBe(0)
  expect(await total(3, 5)).toBe(45)
  expect(counted).toBe(0)
  expect(await total(2, 20)).toBe(45)
  expect(await total(9, 0)).toBe(45)
  expect(counted).toBe(2)
})
