import { defect, source } from 'etalon'

export default defect('whether an ecosystem is active is not looked at', {
  refutes: ['CHAR-INT-02'],
  plant: source('src/store/interaction.ts', {
    find: 'characters.is_active and ecosystems.is_active as is_active',
    replace: 'characters.is_active as is_active',
  }),
})
