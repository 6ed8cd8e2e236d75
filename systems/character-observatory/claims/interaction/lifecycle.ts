import { claim } from 'etalon'
import { meeting, setScene, type Character, type Interaction } from '../scene.ts'

claim('CHAR-T-01', async ({ system, prove }) => {
  const { owner, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  prove('energy of a new character', one.social_energy).equals(1)
  const { body } = await owner
    .post<Interaction>('/api/v1/interactions', meeting(one, other, 'chat', 'I love this place'))
    .expect(201)
  prove('words of the answer', body.response.split(' ').length).isAtLeast(1)
  const after = await owner.get<Character>(`/api/v1/characters/${one.id}`).expect(200)
  prove('energy after a chat', after.body.social_energy).equals(0.9)
  prove('interactions counted', after.body.interaction_count).equals(1)
  const { status } = await owner.delete(`/api/v1/characters/${one.id}`)
  prove('deleting', status).equals(204)
  const gone = await owner.get(`/api/v1/characters/${one.id}`)
  prove('asking for it then', gone.status).equals(404)
})
