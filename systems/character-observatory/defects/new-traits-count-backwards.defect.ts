import { defect, source } from 'etalon'

export default defect('other traits count for the time before them, too', {
  refutes: ['CHAR-ENG-07'],
  plant: source('src/routes/character.ts', {
    find: 'request.body.personality_traits === undefined\n',
    replace: "request.body.personality_traits !== undefined || which !== ''\n",
  }),
})
