import { claim } from 'etalon'
import { makeCharacter, setScene } from '../scene.ts'

claim('CHAR-REL-09', async ({ system, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const one = await makeCharacter(owner, ecosystem, 'One', {
    openness: 0.9,
    conscientiousness: 0.8,
    extraversion: 1,
    agreeableness: 0.6,
    neuroticism: 0.1,
  })
  const other = await makeCharacter(owner, ecosystem, 'Other', {
    openness: 0.4,
    conscientiousness: 0.6,
    extraversion: 0,
    agreeableness: 0.2,
    neuroticism: 0.5,
  })
  const fit = async (a: { id: string }, b: { id: string }): Promise<unknown> => {
    const path = `/api/v1/characters/${a.id}/compatibility`
    return (await owner.get(path, { query: { with: b.id } }).expect(200)).body
  }
  prove('how well they fit', await fit(one, other)).equals({
    intellectual: 0.5,
    work: 0.75,
    social: 0,
    harmony: 0.4,
    stability: 0.7,
    overall: 0.47,
  })
  prove('the other way round', await fit(other, one)).equals(await fit(one, other))
  const elsewhere = await setScene(system, { characters: 1 })
  const path = `/api/v1/characters/${one.id}/compatibility?with=${elsewhere.characters[0]?.id}`
  prove('with somebody elsewhere', (await owner.get(path)).status).equals(409)
})
