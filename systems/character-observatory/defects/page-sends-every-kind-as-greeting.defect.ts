import { defect, rebuilt } from 'etalon'

export default defect('the page sends whatever was chosen as a greeting', {
  refutes: ['CHAR-T-21'],
  plant: rebuilt('web/interaction/use-interaction.ts', {
    find: 'interaction_type: type,',
    replace: "interaction_type: type && 'greeting',",
  }),
})
