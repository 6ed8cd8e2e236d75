import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deedOf, initiatorOf, weightOf, type Candidate } from '../src/rule/autonomy.ts'
import { compatibilityOf } from '../src/rule/compatibility.ts'
import { canPay, costsOf } from '../src/rule/energy.ts'
import { rankMemories } from '../src/rule/memory.ts'

const hourMs = 3_600_000
const now = new Date(1_000 * hourMs)

const plain = {
  openness: 0.5,
  conscientiousness: 0.5,
  extraversion: 0.5,
  agreeableness: 0.5,
  neuroticism: 0.5,
}

const share = fc.double({ min: 0, max: 1, noNaN: true })
const personality = fc.record({
  openness: share,
  conscientiousness: share,
  extraversion: share,
  agreeableness: share,
  neuroticism: share,
})

const candidates = fc.array(
  fc.record({
    id: fc.uuid(),
    name: fc.constant('Somebody'),
    personality,
    autonomy: share,
    energy: fc.integer({ min: 0, max: 1_000 }),
  }),
  { maxLength: 8 },
)

describe('compatibility', () => {
  test('is the same whoever is named first, and a share', () => {
    fc.assert(
      fc.property(personality, personality, (one, other) => {
        const found = compatibilityOf(one, other)
        expect(compatibilityOf(other, one)).toEqual(found)
        for (const part of Object.values(found)) {
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('memories', () => {
  const memory = (id: string, content: string, importance: number, hoursAgo: number) => {
    const accessed_at = new Date(now.getTime() - hoursAgo * hourMs)
    return { id, content, importance, accessed_at }
  }

  test('lose a hundredth of their recency an hour', () => {
    const [found] = rankMemories([memory('a', 'rain', 0.5, 2)], 'sun', now, 1)
    expect(found).toMatchObject({ recency: 0.9801, importance: 0.5, relevance: 0, score: 1.4801 })
  })

  test('come up when they are recent, important or about it', () => {
    const all = [
      memory('old', 'something else', 0.2, 200),
      memory('recent', 'something else', 0.2, 0),
      memory('important', 'something else', 1, 100),
      memory('about it', 'the rain in spring', 0.2, 100),
    ]
    const ids = rankMemories(all, 'Rain in spring?', now, 4).map(({ id }) => id)
    expect(ids).toEqual(['about it', 'important', 'recent', 'old'])
  })
})

describe('turns', () => {
  test('the same seed and candidates lead to the same, and nobody overspends', () => {
    fc.assert(
      fc.property(candidates, fc.string(), (all, seed) => {
        const initiator = initiatorOf(all, seed)
        expect(initiatorOf(all, seed)).toBe(initiator)
        if (initiator === undefined) return
        const deed = deedOf(initiator, all, new Map(), { seed, now })
        expect(deedOf(initiator, all, new Map(), { seed, now })).toEqual(deed)
        if (deed === undefined) return
        const target = all.find(({ id }) => id === deed.targetId) as Candidate
        const costs = costsOf(deed.type)
        expect(canPay(initiator.energy, costs.initiator)).toBe(true)
        expect(canPay(target.energy, costs.target)).toBe(true)
        expect(deed.targetId).not.toBe(deed.initiatorId)
      }),
    )
  })

  test('who has no autonomy never acts', () => {
    const still: Candidate[] = ['a', 'b'].map((id) => ({
      id,
      name: id,
      personality: plain,
      autonomy: 0,
      energy: 1_000,
    }))
    fc.assert(fc.property(fc.string(), (seed) => initiatorOf(still, seed) === undefined))
  })

  test('who met within the hour is chosen less often', () => {
    const other: Candidate = {
      id: 'b',
      name: 'b',
      personality: plain,
      autonomy: 1,
      energy: 1_000,
    }
    const self = { ...other, id: 'a' }
    const met = (hoursAgo: number) => new Map([['b', new Date(now.getTime() - hoursAgo * hourMs)]])
    const usual = weightOf(self, other, new Map(), now)
    expect(weightOf(self, other, met(0.5), now)).toBeCloseTo(usual / 5)
    expect(weightOf(self, other, met(1.5), now)).toBe(usual)
  })
})
