import { defect, rebuilt } from 'etalon'

export default defect('panels are never narrower than a desk', {
  refutes: ['CHAR-T-37'],
  plant: rebuilt('web/style.css', {
    find: '.panels {\n  display: grid;\n  gap: var(--space-3);\n  grid-template-columns: minmax(0, 1fr);',
    replace:
      '.panels {\n  display: grid;\n  gap: var(--space-3);\n  grid-template-columns: minmax(40rem, 1fr);',
  }),
})
