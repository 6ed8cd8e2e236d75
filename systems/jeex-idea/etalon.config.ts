import { defineSystem, signedIn, type SignedIn, type SignInTools } from 'etalon'
import { operatorEmail } from './claims/staff.ts'

const name = 'jeex-idea'

export default defineSystem({
  name,
  title: 'JEEX Idea',
  build: { command: ['npm', 'run', 'build'] },
  postgres: {
    roles: { app: ['jeex_app'], backup: ['jeex_backup'] },
    template: [
      {
        command: ['node', 'src/migrate.ts', 'up'],
        env: ({ postgres }) => ({
          ENVIRONMENT: 'development',
          MIGRATE_DATABASE_URL: postgres.url('owner'),
        }),
      },
      {
        command: ['node', 'src/create-operator.ts', operatorEmail],
        env: ({ postgres, secret }) => ({
          ENVIRONMENT: 'development',
          MIGRATE_DATABASE_URL: postgres.url('owner'),
          OPERATOR_PASSWORD: secret('operator-password'),
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
        ENVIRONMENT: 'development',
        DATABASE_URL: postgres.url('app'),
        BACKUP_DATABASE_URL: postgres.url('backup'),
        BACKUP_RECOVERY_URL: postgres.url('owner'),
        REDIS_URL: redis.url,
        JWT_SECRET: secret('jwt'),
        EXPORT_DIR: `${directory}/exports`,
        BACKUP_DIR: `${directory}/backups`,
        LOG_LEVEL: 'warn',
        RATE_LIMIT_MAX: '1000000',
        SIGN_IN_LIMIT_MAX: '100000',
      }),
    },
  },
  signIn,
  demo: {
    command: ['node', 'src/demo.ts'],
    env: ({ postgres }) => ({
      ENVIRONMENT: 'development',
      DATABASE_URL: postgres.url('app'),
    }),
  },
})

/**
 * The actor's name begins with his role where he is an operator: `operator`, `operator:second`;
 * every other name is a user: `owner`, `stranger`. Claims about signing in use the operator of the
 * template.
 */
async function signIn(actor: string, { sql, services, random }: SignInTools): Promise<SignedIn> {
  const role = actor.split(':')[0] === 'operator' ? 'operator' : 'user'
  const email = `${random.text(12)}@jeex.example`
  const id = await sql.value<string>(
    `insert into users (email, name, role, password_hash) values ($1, $2, $3, 'none')
     returning id`,
    [email, actor, role],
  )
  const secret = services.secret('jwt')
  const claims = { epoch: 0 }
  return signedIn({ subject: id, issuer: name, secret, claims, facts: { id, email } })
}
