/** What the paths of the service begin with. */
export const api = '/api/v1'

/** The pages to look at, for `tools/look-at-pages.ts`: whose they are, and what they open. */
export const pages = [
  { name: 'sign-in', path: '/', who: null },
  { name: 'verify', path: '/verify', who: null },
  { name: 'verify-unknown', path: '/verify/KKKKKKKK', who: null },
  { name: 'student-licenses', path: '/licenses', who: 'student' },
  { name: 'student-semesters', path: '/semesters', who: 'student' },
  { name: 'student-skills', path: '/skills', who: 'student' },
  { name: 'student-credits', path: '/credits', who: 'student' },
  { name: 'student-certificates', path: '/certificates', who: 'student' },
  { name: 'student-unlock', path: '/licenses', who: 'student', press: 'Unlock' },
  { name: 'student-history', path: '/licenses', who: 'student', press: 'History' },
  { name: 'student-buy', path: '/credits', who: 'student', press: 'Buy credits' },
  { name: 'student-not-found', path: '/nowhere', who: 'student' },
  { name: 'teach-sessions', path: '/teach', who: 'instructor' },
  { name: 'teach-roll-call', path: '/teach', who: 'instructor', press: 'Roll call' },
  { name: 'teach-students', path: '/teach/students', who: 'instructor' },
  { name: 'teach-skills', path: '/teach/students', who: 'instructor', press: 'Assess skills' },
  { name: 'teach-promotions', path: '/teach/promotions', who: 'grader' },
  { name: 'admin', path: '/admin', who: 'admin' },
  { name: 'admin-check', path: '/admin/health', who: 'admin', press: 'Run Check Now' },
  { name: 'admin-health', path: '/admin/health', who: 'admin' },
  { name: 'admin-payments', path: '/admin/payments', who: 'admin' },
  { name: 'admin-verify', path: '/admin/payments', who: 'admin', press: 'Verify' },
  { name: 'admin-promotions', path: '/admin/promotions', who: 'admin' },
  { name: 'admin-expiring', path: '/admin/expiring', who: 'admin' },
  { name: 'admin-repair', path: '/admin/repair', who: 'admin' },
  { name: 'admin-audit', path: '/admin/audit', who: 'admin' },
] as const

/** Who of the demo looks at them. */
export const people = {
  student: 'reka.antal@lfa.example',
  instructor: 'gergo.vadas@lfa.example',
  grader: 'noemi.lakatos@lfa.example',
  admin: 'judit.feher@lfa.example',
}

const locked = {
  license_id: null,
  is_active: false,
  status: null,
  level: null,
  next_level: null,
  expires_at: null,
  skills: null,
  credit_balance: null,
}

/** Answers whose emptiness is not an empty list. */
export const emptyAnswers = {
  '/licenses/cards': ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP', 'COACH'].map((name) => ({
    ...locked,
    specialization_type: name,
  })),
}
