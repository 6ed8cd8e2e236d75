/** The pages to look at, for `tools/look-at-pages.ts`: whose they are, and what they open. */
export const pages = [
  { name: 'sign-in', path: '/', role: null },
  { name: 'verify', path: '/verify', role: null },
  { name: 'verify-unknown', path: '/verify/KKKKKKKK', role: null },
  { name: 'student-licenses', path: '/licenses', role: 'STUDENT' },
  { name: 'student-semesters', path: '/semesters', role: 'STUDENT' },
  { name: 'student-skills', path: '/skills', role: 'STUDENT' },
  { name: 'student-credits', path: '/credits', role: 'STUDENT' },
  { name: 'student-certificates', path: '/certificates', role: 'STUDENT' },
  { name: 'student-unlock', path: '/licenses', role: 'STUDENT', press: 'Unlock' },
  { name: 'student-history', path: '/licenses', role: 'STUDENT', press: 'History' },
  { name: 'student-buy', path: '/credits', role: 'STUDENT', press: 'Buy credits' },
  { name: 'student-not-found', path: '/nowhere', role: 'STUDENT' },
  { name: 'teach-sessions', path: '/teach', role: 'INSTRUCTOR' },
  { name: 'teach-roll-call', path: '/teach', role: 'INSTRUCTOR', press: 'Roll call' },
  { name: 'teach-students', path: '/teach/students', role: 'INSTRUCTOR' },
  { name: 'teach-skills', path: '/teach/students', role: 'INSTRUCTOR', press: 'Assess skills' },
  { name: 'teach-promotions', path: '/teach/promotions', role: 'INSTRUCTOR' },
  { name: 'admin', path: '/admin', role: 'ADMIN' },
  { name: 'admin-health', path: '/admin/health', role: 'ADMIN' },
  { name: 'admin-payments', path: '/admin/payments', role: 'ADMIN' },
  { name: 'admin-verify', path: '/admin/payments', role: 'ADMIN', press: 'Verify' },
  { name: 'admin-promotions', path: '/admin/promotions', role: 'ADMIN' },
  { name: 'admin-expiring', path: '/admin/expiring', role: 'ADMIN' },
  { name: 'admin-repair', path: '/admin/repair', role: 'ADMIN' },
  { name: 'admin-audit', path: '/admin/audit', role: 'ADMIN' },
] as const

/** Who of the demo stands for each role. */
export const people = {
  STUDENT: 'reka.antal@lfa.example',
  INSTRUCTOR: 'noemi.lakatos@lfa.example',
  ADMIN: 'judit.feher@lfa.example',
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
