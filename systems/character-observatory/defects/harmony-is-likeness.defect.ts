import { defect, source } from 'etalon'

export default defect('two who are equally disagreeable live in harmony', {
  refutes: ['CHAR-REL-09'],
  plant: source('src/rule/compatibility.ts', {
    find: "harmony: mean('agreeableness')",
    replace: "harmony: likeness('agreeableness')",
  }),
})
