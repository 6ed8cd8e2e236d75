import { eventually, type Actor, type SystemHandle } from 'etalon'

const patienceMs = 10_000

/** Has a character's description changed so many times; each time one event is told. */
export async function changeOften(
  actor: Pick<Actor, 'patch'>,
  character: { readonly id: string },
  times: number,
): Promise<void> {
  for (let time = 1; time <= times; time += 1) {
    const description = `Is ${time} now.`
    await actor.patch(`/api/v1/characters/${character.id}`, { description }).expect(200)
  }
}

/** The last number of an ecosystem, once all of its events have one. */
export async function lastSeq({ sql }: SystemHandle, ecosystem: string): Promise<number> {
  const isNumbered = async (): Promise<boolean> =>
    sql.value<boolean>(
      'select not exists (select from events where ecosystem_id = $1 and seq is null)',
      [ecosystem],
    )
  await eventually(isNumbered, patienceMs)
  const last = 'select last_seq from ecosystems where id = $1'
  return Number(await sql.value<string>(last, [ecosystem]))
}

/** The events after a number, as what a client has to hear. */
export function following(
  after: number,
  count: number,
): { readonly key: string; readonly sequence: number }[] {
  return Array.from({ length: count }, (_none, place) => ({ key: '', sequence: after + place + 1 }))
}
