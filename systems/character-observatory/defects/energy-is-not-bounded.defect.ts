import { defect, sql } from 'etalon'

export default defect('the database takes any energy', {
  refutes: ['CHAR-ENG-02'],
  plant: sql('alter table characters drop constraint characters_energy_range'),
})
