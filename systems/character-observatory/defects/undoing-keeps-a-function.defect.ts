import { defect, rebuilt } from 'etalon'

export default defect('undoing the characters leaves their function behind', {
  refutes: ['CHAR-T-22/migrations'],
  plant: rebuilt('migrations/0003-create-characters.sql', {
    find: 'drop function is_personality;',
    replace: '',
  }),
})
