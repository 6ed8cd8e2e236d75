import { defect, rebuilt } from 'etalon'

export default defect('the feed passes over interactions that happen while it is open', {
  refutes: ['CHAR-T-34'],
  plant: rebuilt('web/live/live-feed.tsx', {
    find: 'gathered.heard(event)',
    replace: "if (event.type !== 'character_interaction') gathered.heard(event)",
  }),
})
