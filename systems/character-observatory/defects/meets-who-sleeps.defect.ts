import { defect, sources } from 'etalon'

export default defect('whether an ecosystem is active is not looked at', {
  refutes: ['CHAR-INT-02'],
  plant: sources(
    {
      file: 'src/store/participant.ts',
      find: 'characters.is_active and ecosystems.is_active as is_active',
      replace: 'characters.is_active as is_active',
    },
    {
      file: 'src/store/interaction-write.ts',
      find: 'on ecosystems.id = characters.ecosystem_id and ecosystems.is_active',
      replace: 'on ecosystems.id = characters.ecosystem_id',
    },
  ),
})
