import { readConfig } from 'service-kit'
import { expect, test } from 'vitest'
import { commandEnvironment, toDomainConfig } from '../src/config.ts'

const read = (env: Record<string, string>) =>
  toDomainConfig(readConfig(commandEnvironment, { DATABASE_URL: 'postgres://a@b/c', ...env }))

test('the domain has the figures of the specification', () => {
  expect(read({})).toEqual({
    ageBands: {
      PRE: { min: 5, max: 13 },
      YOUTH: { min: 14, max: 18 },
      AMATEUR: { min: 14 },
      PRO: { min: 16 },
    },
    internshipValidityMonths: 15,
    coachValidityMonths: 24,
    creditValidityMonths: 24,
    renewalCostCredits: 1_000,
    seasonCostCredits: 5_000,
    expiringSoonDays: 30,
    noticeDays: [90, 30, 7],
    attendancePercentMin: 80,
    promotion: { requireSessions: false, requireDaysInLevel: false },
    certification: {
      requireXp: true,
      requireHours: true,
      requireTeachingHours: true,
      requireSessions: true,
    },
  })
})

test('an operator may set them', () => {
  const domain = read({
    AGE_BANDS: 'PRE:6-9,YOUTH:10-15,AMATEUR:16-,PRO:18-40',
    NOTICE_DAYS: '60,14',
    COACH_REQUIRE_HOURS: 'false',
  })
  expect(domain.ageBands.PRO).toEqual({ min: 18, max: 40 })
  expect(domain.noticeDays).toEqual([60, 14])
  expect(domain.certification.requireHours).toBe(false)
})

test.each([{ AGE_BANDS: 'PRE:5-13' }, { NOTICE_DAYS: 'soon' }, { RENEWAL_COST_CREDITS: '-1' }])(
  'refuses %j',
  (env) => {
    expect(() => read(env)).toThrow(Object.keys(env)[0])
  },
)
