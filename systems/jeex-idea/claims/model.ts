/** A project as a claim keeps it in mind. */
export interface KnownProject {
  readonly id: string
  readonly owner: string
  name: string
  version: number
  gone: boolean
}

/** A version as a claim keeps it in mind. */
export interface KnownDocument {
  readonly id: string
  readonly project: string
  readonly version: number
  readonly content: string
  rowVersion: number
  score: number | null
  gone: boolean
}

/** What the service should hold, as a claim keeps it in mind. */
export class Model {
  readonly projects: KnownProject[] = []
  readonly documents: KnownDocument[] = []
  /** Entries of the log, in order. */
  readonly log: string[] = []

  projectRows(): KnownProject[] {
    return this.projects.toSorted(byId)
  }

  documentRows(): KnownDocument[] {
    return this.documents.toSorted(byId)
  }

  /** The project, if this person may see it. */
  visible(person: string, project: KnownProject): boolean {
    return project.owner === person && !project.gone
  }

  versionsIn(project: KnownProject): KnownDocument[] {
    return this.documents.filter((each) => each.project === project.id)
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}
