import { defect, rebuilt } from 'etalon'

export default defect('the message monitor is read once and not again', {
  refutes: ['TICK-UI-05'],
  plant: rebuilt('web/message/message-page.tsx', {
    find: 'refetchInterval: refreshMs, ',
    replace: '',
  }),
})
