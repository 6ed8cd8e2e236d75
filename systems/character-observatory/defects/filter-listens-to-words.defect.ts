import { defect, source } from 'etalon'

export default defect('who is named in what somebody says counts as taking part', {
  refutes: ['CHAR-WS-07'],
  plant: source('src/live/message.ts', {
    find: 'charactersNamedIn(data).some((id) => characters.has(id))',
    replace: '[...characters].some((id) => text.includes(id))',
  }),
})
