import { defineSystem, signedIn, type SignedIn, type SignInTools } from 'etalon'

const name = 'character-observatory'

export default defineSystem({
  name,
  title: 'Character Observatory',
  build: { command: ['npm', 'run', 'build'] },
  postgres: {
    roles: { app: ['observatory_app'] },
    template: [
      {
        command: ['node', 'src/migrate.ts', 'up'],
        env: ({ postgres }) => ({ MIGRATE_DATABASE_URL: postgres.url('owner') }),
      },
    ],
  },
  redis: true,
  processes: {
    api: {
      command: ['node', 'src/main.ts'],
      ready: '/ready',
      env: ({ port, postgres, redis, secret }) => ({
        PORT: String(port),
        DATABASE_URL: postgres.url('app'),
        REDIS_URL: redis.url,
        JWT_SECRET: secret('jwt'),
        LOG_LEVEL: 'warn',
        RATE_LIMIT_MAX: '1000000',
        SIGN_IN_LIMIT_MAX: '100000',
        SOCKETS_PER_USER_MAX: '10000',
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
 * The actor's name begins with his role where he is an operator: `operator`, `operator:second`;
 * every other name is a user.
 */
async function signIn(actor: string, { sql, services, random }: SignInTools): Promise<SignedIn> {
  const role = actor.split(':')[0] === 'operator' ? 'operator' : 'user'
  const username = random.text(12)
  const email = `${username}@observatory.example`
  const id = await sql.value<string>(
    `insert into users (email, username, role, password_hash) values ($1, $2, $3, 'none')
     returning id`,
    [email, username, role],
  )
  const secret = services.secret('jwt')
  const claims = { epoch: 0 }
  return signedIn({ subject: id, issuer: name, secret, claims, facts: { id, email } })
}
