import { uuid } from 'service-kit'
import { z } from 'zod'
import { depthMax } from '../graph/graph.ts'
import { relationshipTypes } from '../rule/relationship.ts'

const node = z.object({ id: z.uuid(), name: z.string() })

export const network = z.object({
  nodes: z.array(node),
  edges: z.array(
    z.object({
      a: z.uuid(),
      b: z.uuid(),
      strength: z.number(),
      trust: z.number(),
      familiarity: z.number(),
      type: z.enum(relationshipTypes),
      count: z.int(),
      last: z.date().nullable(),
    }),
  ),
})

export const analysis = z.object({
  influence: z.array(node.extend({ score: z.number() })),
  communities: z.array(z.object({ members: z.array(z.uuid()) })),
})

export const neighbourQuery = z.strictObject({
  depth: z.coerce.number().int().min(1).max(depthMax).default(1),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})

export const neighbours = z.object({
  items: z.array(node.extend({ distance: z.int() })),
})

export const pathQuery = z.strictObject({ from: uuid, to: uuid })

export const path = z.object({
  /** From one to the other; none where there is no way. */
  ids: z.array(z.uuid()).nullable(),
  cost: z.number().nullable(),
})

const difference = z.object({ missing: z.int(), extra: z.int(), different: z.int() })

export const graphState = z.object({
  adapter: z.enum(['postgres', 'neo4j']),
  lag_events: z.int(),
  nodes: difference,
  edges: difference,
  differences: z.int(),
})
