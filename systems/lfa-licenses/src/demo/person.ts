import type { Actor, Role } from '../actor.ts'
import { createUser } from '../operation/user.ts'
import type { Service } from '../service.ts'

/** Somebody of the demo, with the password that was generated for the account. */
export interface Person {
  readonly actor: Actor
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Everyone of the demo. */
export interface People {
  readonly admins: readonly Person[]
  readonly instructors: readonly Person[]
  readonly students: readonly Person[]
}

type Entry = readonly [name: string, email: string, birth: string]

const admins: readonly Entry[] = [
  ['Judit Fehér', 'judit.feher@lfa.example', '1979-03-02'],
  ['Márton Szalai', 'marton.szalai@lfa.example', '1984-11-19'],
]
const instructors: readonly Entry[] = [
  ['Gergő Vadas', 'gergo.vadas@lfa.example', '1988-06-30'],
  ['Noémi Lakatos', 'noemi.lakatos@lfa.example', '1991-01-14'],
]
const students: readonly Entry[] = [
  ['Bence Orosz', 'bence.orosz@lfa.example', '2009-09-12'],
  ['Dóra Kun', 'dora.kun@lfa.example', '2010-02-27'],
  ['Levente Bíró', 'levente.biro@lfa.example', '2008-05-08'],
  ['Réka Antal', 'reka.antal@lfa.example', '2001-12-01'],
  ['Zsombor Pintér', 'zsombor.pinter@lfa.example', '1999-07-23'],
  ['Eszter Soós', 'eszter.soos@lfa.example', '1996-04-16'],
]

/** Makes the accounts of the demo. */
export async function makePeople(service: Service): Promise<People> {
  return {
    admins: await makeAll(service, 'ADMIN', admins),
    instructors: await makeAll(service, 'INSTRUCTOR', instructors),
    students: await makeAll(service, 'STUDENT', students),
  }
}

async function makeAll(service: Service, role: Role, entries: readonly Entry[]): Promise<Person[]> {
  return Promise.all(
    entries.map(async ([name, email, birth]) => {
      const { user, generated_password: password } = await createUser(service, null, {
        name,
        email,
        role,
        date_of_birth: birth,
        parental_consent: true,
      })
      return { actor: { id: user.id, role }, name, email, password: password ?? '' }
    }),
  )
}
