import { defect, source } from 'etalon'

export default defect('a quiz earns its bonus in sessions on site too', {
  refutes: ['LFA-R-08'],
  plant: source('src/attendance-xp.ts', {
    find: `const bonus = sessionType === 'ON_SITE' ? 0 : quizBonus(quizScorePercent)`,
    replace: 'const bonus = quizBonus(quizScorePercent)',
  }),
})
