import { defect, rebuilt } from 'etalon'

export default defect('the layout for phones begins at a width that no phone has', {
  refutes: ['LFA-T-50'],
  plant: rebuilt('web/style.css', {
    find: 'max-width: 40rem',
    replace: 'max-width: 20rem',
  }),
})
