import { defect, source } from 'etalon'

export default defect('agreeableness feeds anger instead of dampening it', {
  refutes: ['CHAR-INT-05'],
  plant: source('src/rule/emotion.ts', {
    find: '(personality.agreeableness > marked ? 0.5 : 1)',
    replace: '(personality.agreeableness > marked ? 2 : 1)',
  }),
})
