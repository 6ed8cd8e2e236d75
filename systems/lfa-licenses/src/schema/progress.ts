import { z } from 'zod'
import { coupledSpecializations } from '../coupled.ts'
import { repairActions, violationKinds } from '../integrity.ts'
import { directions } from '../repair-plan.ts'

const specialization = z.enum(coupledSpecializations)

/** A row of `specialization_progress`. */
const progressRow = z.object({
  id: z.int(),
  student_id: z.int(),
  specialization_id: specialization,
  ladder_version: z.int(),
  current_level: z.int(),
  total_xp: z.int(),
  completed_sessions: z.int(),
  completed_projects: z.int(),
  theory_hours_completed: z.int(),
  practice_hours_completed: z.int(),
  last_activity: z.date().nullable(),
  created_at: z.date(),
})

export type ProgressRow = z.infer<typeof progressRow>

/** A row of `user_licenses`, as far as coupling goes. */
const coupledLicense = z.object({
  id: z.int(),
  user_id: z.int(),
  specialization_type: specialization,
  current_level: z.int(),
  max_achieved_level: z.int(),
  started_at: z.date(),
  last_advanced_at: z.date().nullable(),
  expires_at: z.date().nullable(),
  is_active: z.boolean(),
})

export type CoupledLicense = z.infer<typeof coupledLicense>

/** What was earned, once each. */
export const achievement = z.object({
  code: z.string(),
  title: z.string(),
  description: z.string(),
  specialization_id: z.string().nullable(),
  earned_at: z.date(),
})

export type Achievement = z.infer<typeof achievement>

/** What a level of a progress ladder takes. */
export const progressLevel = z.object({
  level: z.int(),
  name: z.string(),
  color: z.string().nullable(),
  required_xp: z.int(),
  required_sessions: z.int(),
  required_projects: z.int(),
  theory_hours: z.int(),
  practice_hours: z.int(),
})

/** Progress as callers see it: the row, the level's name, and how far it is to the next level. */
export const progressView = progressRow.extend({
  level_name: z.string(),
  level_color: z.string().nullable(),
  max_level: z.int(),
  is_max_level: z.boolean(),
  can_level_up: z.boolean(),
  next_level: progressLevel.nullable(),
  /** The least of the shares of what the next level takes; 100 at the top. */
  progress_percent: z.number(),
  xp_percent: z.number(),
  sessions_percent: z.number(),
  xp_needed: z.int(),
  sessions_needed: z.int(),
  projects_needed: z.int(),
  theory_hours_needed: z.int(),
  practice_hours_needed: z.int(),
  license: coupledLicense.nullable(),
  is_consistent: z.boolean(),
  achievements: z.array(achievement),
})

export type ProgressView = z.infer<typeof progressView>

const syncActions = ['created', 'updated', 'unchanged'] as const

/** What the coupling did to the licence when the level of progress rose. */
export const syncResult = z.object({
  success: z.boolean(),
  action: z.enum(syncActions),
  old_license_level: z.int().nullable(),
  new_license_level: z.int(),
  progress_level: z.int(),
})

export type SyncResult = z.infer<typeof syncResult>

/** What an update of progress leaves behind. */
export const progressUpdate = z.object({
  student_id: z.int(),
  specialization_id: specialization,
  old_level: z.int(),
  new_level: z.int(),
  levels_gained: z.int(),
  leveled_up: z.boolean(),
  old_xp: z.int(),
  new_xp: z.int(),
  completed_sessions: z.int(),
  completed_projects: z.int(),
  /** Null unless the level rose: no level-up, no sync. */
  sync_result: syncResult.nullable(),
  achievements_earned: z.array(achievement.omit({ earned_at: true })),
})

export type ProgressUpdate = z.infer<typeof progressUpdate>

const levelChange = z.object({ old_level: z.int().nullable(), new_level: z.int() })

/** What setting a level on both sides leaves behind. */
export const atomicUpdate = z.object({
  success: z.boolean(),
  student_id: z.int(),
  specialization_id: specialization,
  progress: levelChange.extend({ old_xp: z.int(), new_xp: z.int() }),
  license: levelChange,
})

export type AtomicUpdate = z.infer<typeof atomicUpdate>

const levelPair = {
  progress_level: z.int().nullable(),
  license_level: z.int().nullable(),
}

/** Something that is wrong now. */
export const inconsistency = z.object({
  user_id: z.int(),
  user_name: z.string().nullable(),
  specialization: z.string(),
  ...levelPair,
  kind: z.enum(violationKinds),
  recommended_action: z.enum(repairActions),
  details: z.record(z.string(), z.unknown()),
})

export type Inconsistency = z.infer<typeof inconsistency>

/** Whether both sides of one pair agree, and what is wrong where they do not. */
export const consistency = z.object({
  user_id: z.int(),
  specialization_id: specialization,
  is_consistent: z.boolean(),
  ...levelPair,
  kind: z.enum(violationKinds).nullable(),
  recommended_action: z.enum(repairActions).nullable(),
  issues: z.array(inconsistency),
})

export type Consistency = z.infer<typeof consistency>

const levels = z.object(levelPair)

/** What a repair of one pair did, or would do. */
export const repair = z.object({
  user_id: z.int(),
  specialization_id: z.string(),
  dry_run: z.boolean(),
  success: z.boolean(),
  changed: z.boolean(),
  /** What was done, in order; empty where nothing was wrong. */
  actions: z.array(z.enum(repairActions)),
  before: levels,
  after: levels,
  /** The result of looking again afterwards; of a dry run, what was expected. */
  is_consistent: z.boolean(),
  /** Kinds that no sync mends, such as a balance that differs from its ledger. */
  remaining: z.array(z.enum(violationKinds)),
  error: z.string().nullable(),
})

export type Repair = z.infer<typeof repair>

/** What repairing many pairs did. */
export const bulkRepair = z.object({
  dry_run: z.boolean(),
  direction: z.enum(directions),
  /** Pairs with something wrong. */
  found: z.int(),
  synced: z.int(),
  failed: z.int(),
  /** Pairs that need a person. */
  unrepaired: z.int(),
  duration_ms: z.int(),
  /** The first of them; the counts cover all. */
  results: z.array(repair),
})

export type BulkRepair = z.infer<typeof bulkRepair>
