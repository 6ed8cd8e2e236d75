import { defect, source } from 'etalon'

export default defect('the result tells the feelings of each as those of the other', {
  refutes: ['CHAR-INT-07'],
  plant: source('src/operation/interaction-result.ts', {
    find: 'emotions: { initiator: initiator.emotions, target: target.emotions },\n  }',
    replace: 'emotions: { initiator: target.emotions, target: initiator.emotions },\n  }',
  }),
})
