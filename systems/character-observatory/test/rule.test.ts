import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canPay, costsOf, countedUntilMs, energyAt, energyMax, waitMs } from '../src/rule/energy.ts'
import { interactionTypes } from '../src/rule/interaction-type.ts'
import { afterInteraction, strangers, typeOf } from '../src/rule/relationship.ts'

const hourMs = 3_600_000
const stored = { energy: 0, updatedAtMs: 0, extraversion: 0.5, regeneration: 1 }

describe('energy', () => {
  test('ten chats spend exactly what there is', () => {
    let energy = energyMax
    for (let chat = 0; chat < 10; chat += 1) energy -= costsOf('chat').initiator
    expect(energy).toBe(0)
  })

  test('a tenth comes back in an hour, more quickly to the extraverted', () => {
    expect(energyAt(stored, hourMs)).toBe(100)
    expect(energyAt({ ...stored, extraversion: 1 }, hourMs)).toBe(120)
    expect(energyAt({ ...stored, extraversion: 0 }, hourMs)).toBe(80)
    expect(energyAt(stored, 1_000 * hourMs)).toBe(energyMax)
  })

  test('looking often loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 50 }),
        (pauses) => {
          let now = stored
          let atMs = 0
          for (const pause of pauses) {
            atMs += pause
            const energy = energyAt(now, atMs)
            now = Object.assign({}, now, { energy, updatedAtMs: countedUntilMs(now, atMs) })
          }
          expect(now.energy).toBe(energyAt(stored, atMs))
        },
      ),
    )
  })

  test('who has waited as long as told can pay, and not before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...interactionTypes),
        fc.integer({ min: 0, max: energyMax }),
        (type, energy) => {
          const { initiator } = costsOf(type)
          const now = { ...stored, energy }
          const wait = waitMs(now, initiator, 0) as number
          expect(canPay(energyAt(now, wait), initiator)).toBe(true)
          if (wait > 0) expect(canPay(energyAt(now, wait - 1), initiator)).toBe(false)
        },
      ),
    )
  })
})

describe('relationships', () => {
  test('a hostile conflict never raises trust', () => {
    const after = afterInteraction(strangers, 'conflict', -0.8)
    expect(after.trust).toBeLessThan(strangers.trust)
    expect(after.strength).toBe(-0.12)
  })

  test('everything stays in its bounds, and familiarity never shrinks', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(...interactionTypes),
            fc.double({ min: -1, max: 1, noNaN: true }),
          ),
          { maxLength: 200 },
        ),
        (meetings) => {
          let now = strangers
          for (const [type, sentiment] of meetings) {
            const next = afterInteraction(now, type, sentiment)
            expect(next.familiarity).toBeGreaterThanOrEqual(now.familiarity)
            expect(Math.abs(next.strength)).toBeLessThanOrEqual(1)
            expect(next.trust).toBeGreaterThanOrEqual(0)
            expect(next.trust).toBeLessThanOrEqual(1)
            now = next
          }
        },
      ),
    )
  })

  test('a type is reached at its bound and left beyond it', () => {
    expect(typeOf({ strength: 0.31, trust: 0.5 }, 'neutral')).toBe('acquaintance')
    expect(typeOf({ strength: 0.27, trust: 0.5 }, 'acquaintance')).toBe('acquaintance')
    expect(typeOf({ strength: 0.24, trust: 0.5 }, 'acquaintance')).toBe('neutral')
    expect(typeOf({ strength: -0.71, trust: 0.1 }, 'rival')).toBe('enemy')
    expect(typeOf({ strength: -0.66, trust: 0.1 }, 'enemy')).toBe('enemy')
    expect(typeOf({ strength: -0.64, trust: 0.1 }, 'enemy')).toBe('rival')
    expect(typeOf({ strength: 0.2, trust: 0.9 }, 'enemy')).toBe('neutral')
  })
})
