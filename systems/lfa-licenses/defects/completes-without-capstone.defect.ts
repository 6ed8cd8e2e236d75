import { defect, source } from 'etalon'

export default defect('22,500 XP complete an internship without anyone approving the capstone', {
  refutes: ['LFA-LVL-07'],
  plant: source('src/programme.ts', {
    find: `return capstoneApprovedAt === null ? 'awaiting_capstone' : 'completed'`,
    replace: `return 'completed'`,
  }),
})
