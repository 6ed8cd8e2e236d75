import type { App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf, allowed } from '../actor.ts'
import { fail } from '../error.ts'
import { playerLicense, skillFields } from '../schema/license.ts'
import { idParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { licenses } from '../store/license.ts'
import { assessSkills } from '../store/player.ts'
import { showPlayer } from '../view.ts'

const skill = z.number().min(0).max(100)
const skillNames = Object.keys(skillFields) as (keyof typeof skillFields)[]

/** Skills of LFA players. */
export function playerRoutes(app: App, service: Service): void {
  const { pool, clock } = service
  app.put(
    '/lfa-player/licenses/:id/skills',
    {
      config: access.staff,
      schema: {
        tags: ['LFA_PLAYER'],
        summary: 'Assess skills; those not given stay, the overall average follows',
        params: idParams,
        body: z
          .strictObject({
            heading_avg: skill.optional(),
            shooting_avg: skill.optional(),
            crossing_avg: skill.optional(),
            passing_avg: skill.optional(),
            dribbling_avg: skill.optional(),
            ball_control_avg: skill.optional(),
          })
          .refine((skills) => skillNames.some((name) => skills[name] !== undefined), {
            message: 'At least one skill is needed',
          }),
        response: { 200: playerLicense },
      },
    },
    async (request) => {
      const { params, body } = request
      const actor = actorOf(request)
      const now = clock.now()
      const [license] = await licenses.LFA_PLAYER.byId(pool, params.id, actor.id, now)
      allowed(actor, license, 'teach')
      const [row] = await assessSkills(
        pool,
        params.id,
        body.heading_avg ?? null,
        body.shooting_avg ?? null,
        body.crossing_avg ?? null,
        body.passing_avg ?? null,
        body.dribbling_avg ?? null,
        body.ball_control_avg ?? null,
        actor.id,
        now,
      )
      if (row === undefined) throw fail('LFA_LICENSE_INACTIVE')
      return showPlayer(row)
    },
  )
}
