import type { Actor, HttpClient } from 'etalon'

/** A project as it is answered. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly current_step: number
  readonly language: string
  readonly meta_data: unknown
  readonly created_by: string
  readonly row_version: number
  readonly created_at: string
  readonly updated_at: string
}

/** A part of a list as it is answered. */
export interface Listed<Item> {
  readonly items: readonly Item[]
  readonly page: number | null
  readonly per_page: number
  readonly total: number
  readonly total_pages: number
  readonly next_cursor: string | null
}

/** Creates a project that has to be created. */
export async function openProject(owner: HttpClient, body: object = {}): Promise<Project> {
  const answer = await owner.post<Project>('/projects', { name: 'An idea', ...body }).expect(201)
  return answer.body
}

/** The id of whom an actor is signed in as. */
export function idOf(actor: Actor): string {
  return String(actor.facts['id'])
}
