import { statement } from 'service-kit'

/** What a rest starts from. */
export const lockForRest = statement<
  {
    ecosystem_id: string
    energy: number
    energy_updated_at: Date
    rested_at: Date | null
    extraversion: number
    energy_regen: number
  },
  [id: string]
>(
  'rest-lock',
  `select ecosystem_id, energy, energy_updated_at, rested_at,
     (personality_traits ->> 'extraversion')::float8 as extraversion,
     coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen
   from characters join ecosystems on ecosystems.id = ecosystem_id
   where characters.id = $1 and deleted_at is null for update of characters`,
)

export const writeRest = statement<
  never,
  [id: string, energy: number, countedUntil: Date, now: Date]
>(
  'rest-write',
  `update characters set energy = $2, energy_updated_at = $3, rested_at = $4, version = version + 1
   where id = $1`,
)
