import { statement } from 'service-kit'

/** Characters that are not full, one or all of an ecosystem, in the order of their ids. */
export const lockToSettle = statement<
  {
    id: string
    energy: number
    energy_updated_at: Date
    extraversion: number
    energy_regen: number
  },
  [ecosystem: string, character: string | null]
>(
  'settle-lock',
  `select characters.id, energy, energy_updated_at,
     (personality_traits ->> 'extraversion')::float8 as extraversion,
     coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen
   from characters join ecosystems on ecosystems.id = ecosystem_id
   where ecosystem_id = $1 and ($2::uuid is null or characters.id = $2) and deleted_at is null
     and energy < 1000
   order by characters.id for update of characters`,
)

export const writeEnergies = statement<
  never,
  [ids: readonly string[], energies: readonly number[], countedUntil: readonly Date[]]
>(
  'settle-write',
  `update characters set
     energy = settled.energy, energy_updated_at = settled.counted_until, version = version + 1
   from unnest($1::uuid[], $2::integer[], $3::timestamptz[]) as settled (id, energy, counted_until)
   where characters.id = settled.id`,
)
