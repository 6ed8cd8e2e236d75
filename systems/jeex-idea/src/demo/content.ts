import { randomUUID } from 'node:crypto'
import { generatePassword } from 'service-kit'
import type { Actor } from '../actor.ts'
import { createDocument } from '../operation/document.ts'
import { addFinishedExecution } from './run.ts'
import { createProject } from '../operation/project.ts'
import { createUser } from '../operation/user.ts'
import type { Service } from '../service.ts'
import { demoProjects } from './text.ts'

type DemoService = Pick<Service, 'database' | 'clock'>

/** A sign-in that was made, with the only copy of its password. */
interface SignIn {
  readonly role: string
  readonly email: string
  readonly password: string
}

/** Who makes the first accounts of a demo: no row has this id. */
const nobody = { id: '00000000-0000-0000-0000-000000000000', role: 'operator' } as const

/** Makes an operator and a user with projects, documents and runs; gives their sign-ins. */
export async function fillDemo(service: DemoService): Promise<SignIn[]> {
  const signIns: SignIn[] = []
  const account = async (name: string, role: 'user' | 'operator'): Promise<Actor> => {
    const email = `${name.toLowerCase()}@jeex.example`
    const password = generatePassword()
    const { id } = await createUser(service, nobody, { email, name, role, password })
    signIns.push({ role, email, password })
    return { id, role, correlationId: randomUUID() }
  }
  await account('Olga', 'operator')
  await fillProjects(service, await account('Ines', 'user'))
  return signIns
}

async function fillProjects({ database, clock }: DemoService, owner: Actor): Promise<void> {
  for (const { name, status, step, documents } of demoProjects) {
    const now = clock.now()
    await database.write(owner, async (tx) => {
      const project = await createProject(
        tx,
        owner,
        { name, status, current_step: step, language: 'en', meta_data: { demo: true } },
        now,
      )
      const correlationId = randomUUID()
      for (const { type, agent, versions } of documents) {
        const run = { agent, correlationId, failsFirst: versions.length > 1 }
        await addFinishedExecution(tx, owner, project.id, { ...run, now })
        for (const content of versions) {
          const request = {
            document_type: type,
            content,
            meta_data: { agent },
            readability_score: 60 + (content.length % 40),
            grammar_score: 80 + (content.length % 20),
          }
          await createDocument(tx, owner, project.id, { request, now })
        }
      }
    })
  }
}
