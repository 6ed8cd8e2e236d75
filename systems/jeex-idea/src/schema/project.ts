import { text } from 'service-kit'
import { z } from 'zod'
import { projectStatuses } from '../vocabulary.ts'
import { data } from './request.ts'

/** A project as the API shows it. */
export const projectRow = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(projectStatuses),
  current_step: z.int(),
  language: z.string(),
  meta_data: z.unknown(),
  created_by: z.string(),
  row_version: z.int(),
  created_at: z.date(),
  updated_at: z.date(),
})

export type ProjectRow = z.infer<typeof projectRow>

const name = text({ max: 255 }).regex(/\S/, 'Must say something')
const status = z.enum(projectStatuses)
const currentStep = z.int().min(1).max(4)
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,6})?$/, 'Must be a language tag such as en or pt-BR')

export const newProject = z.strictObject({
  name,
  status: status.default('draft'),
  current_step: currentStep.default(1),
  language: language.default('en'),
  meta_data: data.default({}),
})

export const projectChange = z
  .strictObject({ name, status, current_step: currentStep, language, meta_data: data })
  .partial()

export type NewProject = z.infer<typeof newProject>
export type ProjectChange = z.infer<typeof projectChange>
