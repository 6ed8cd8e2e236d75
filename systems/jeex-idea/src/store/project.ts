import { statement, type Sql } from 'service-kit'
import type { Listed, ListRequest } from '../schema/list.ts'
import type { ProjectRow } from '../schema/project.ts'
import { readList } from './list.ts'

const columns = `id, name, status, current_step, language, meta_data, created_by, row_version,
  created_at, updated_at`

type Owner = [id: string, owner: string]

/** The owner's project unless it was deleted. Every access to what hangs on it asks this too. */
export const findProject = statement<ProjectRow, Owner>(
  'project-find',
  `select ${columns} from projects where id = $1 and created_by = $2 and deleted_at is null`,
)

export const lockProject = statement<ProjectRow, Owner>(
  'project-lock',
  `select ${columns} from projects where id = $1 and created_by = $2 and deleted_at is null
   for no key update`,
)

export const insertProject = statement<
  ProjectRow,
  [string, string, number, string, string, string, Date]
>(
  'project-insert',
  `insert into projects
     (name, status, current_step, language, meta_data, created_by, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $7) returning ${columns}`,
)

type Change = [string, string | null, string | null, number | null, string | null, string | null]

export const updateProject = statement<ProjectRow, Change>(
  'project-update',
  `update projects set name = coalesce($2, name), status = coalesce($3, status),
     current_step = coalesce($4, current_step), language = coalesce($5, language),
     meta_data = coalesce($6, meta_data), row_version = row_version + 1
   where id = $1 returning ${columns}`,
)

export const markProjectDeleted = statement<{ row_version: number }, [string, Date]>(
  'project-delete',
  `update projects set deleted_at = $2, row_version = row_version + 1 where id = $1
   returning row_version`,
)

/** Whether anything was said in the project yet, deleted or not. */
export const hasBegun = statement<{ begun: boolean }, [string]>(
  'project-has-begun',
  `select exists (select from document_versions where project_id = $1)
     or exists (select from agent_executions where project_id = $1) as begun`,
)

/** The owner's projects, newest first. */
export function listProjects(
  sql: Sql,
  owner: string,
  filter: ListRequest & { readonly status?: string | undefined },
): Promise<Listed<ProjectRow>> {
  return readList<ProjectRow>(
    sql,
    {
      name: 'project-list',
      columns,
      table: 'projects',
      where: {
        'created_by = ?': owner,
        'status = ?': filter.status,
        'deleted_at is null': true,
      },
      sortBy: 'created_at',
      sortType: 'timestamptz',
    },
    filter,
  )
}
