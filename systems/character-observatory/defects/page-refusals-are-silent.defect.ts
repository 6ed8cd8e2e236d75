import { defect, rebuilt } from 'etalon'

export default defect('a refused interaction is not told', {
  refutes: ['CHAR-T-41'],
  plant: rebuilt('web/interaction/interaction-form.tsx', {
    find: '{sending.error && <ErrorBanner error={sending.error} />}',
    replace: '',
  }),
})
