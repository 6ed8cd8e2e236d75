export { createSql, type Sql, type SqlOptions } from './sql.ts'
export { heldStatement } from './held-statement.ts'
export { type Plan, type PlanNode } from './plan.ts'
export {
  readSchema,
  type ColumnFact,
  type ConstraintFact,
  type IndexFact,
  type Schema,
  type TriggerFact,
} from './schema.ts'
