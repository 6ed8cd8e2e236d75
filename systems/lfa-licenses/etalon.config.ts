import { defineSystem, signedIn, type SignedIn, type SignInTools } from 'etalon'
import { adminEmail } from './claims/staff.ts'

const name = 'lfa-licenses'

export default defineSystem({
  name,
  title: 'LFA licences',
  build: { command: ['npm', 'run', 'build'] },
  postgres: {
    roles: { app: ['lfa_app'] },
    template: [
      {
        command: ['node', 'src/migrate.ts', 'up'],
        env: ({ postgres }) => ({ MIGRATE_DATABASE_URL: postgres.url('owner') }),
      },
      {
        command: ['node', 'src/create-admin.ts', adminEmail],
        env: ({ postgres, secret }) => ({
          DATABASE_URL: postgres.url('owner'),
          ADMIN_PASSWORD: secret('admin-password'),
        }),
      },
    ],
  },
  redis: true,
  processes: {
    api: {
      command: ['node', 'src/main.ts'],
      ready: '/ready',
      env: ({ port, postgres, redis, secret, directory }) => ({
        PORT: String(port),
        DATABASE_URL: postgres.url('app'),
        REDIS_URL: redis.url,
        JWT_SECRET: secret('jwt'),
        LOG_LEVEL: 'warn',
        HEALTH_REPORT_DIR: `${directory}/health-reports`,
        RATE_LIMIT_MAX: '1000000',
        SIGN_IN_LIMIT_MAX: '100000',
      }),
    },
  },
  signIn,
  demo: {
    command: ['node', 'src/demo.ts'],
    env: ({ postgres }) => ({ DATABASE_URL: postgres.url('app') }),
  },
})

/**
 * The actor's name begins with his role: `student`, `student:rival`, `instructor`, `admin:second`.
 * Claims about signing in use the admin of the template (`adminEmail`).
 */
async function signIn(actor: string, { sql, services, random }: SignInTools): Promise<SignedIn> {
  const [role = ''] = actor.split(':')
  const email = `${random.text(12)}@lfa.example`
  const id = await sql.value<number>(
    `insert into users (email, name, role, date_of_birth, password_hash)
     values ($1, $2, $3, '2004-03-15', 'none') returning id`,
    [email, actor, role.toUpperCase()],
  )
  const secret = services.secret('jwt')
  const claims = { epoch: 0 }
  return signedIn({ subject: String(id), issuer: name, secret, claims, facts: { id, email } })
}
