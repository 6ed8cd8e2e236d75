import { defineSystem, signedIn, type SignedIn, type SignInTools } from 'etalon'

const name = 'tickstock'

export default defineSystem({
  name,
  title: 'TickStock',
  build: { command: ['npm', 'run', 'build'] },
  postgres: {
    roles: { producer: ['tickstock_producer'], consumer: ['tickstock_consumer'] },
    template: [
      {
        command: ['node', 'src/migrate.ts', 'up'],
        env: ({ postgres }) => ({ MIGRATE_DATABASE_URL: postgres.url('owner') }),
      },
    ],
  },
  redis: {
    users: {
      // Tells: adds to the streams and publishes. Of what is told it reads the end of a day only.
      producer: `~tickstock.* &tickstock.* +@connection -@admin +eval +evalsha +script|load
        +xadd +publish +xinfo +xpending +xgroup|create +xreadgroup +xack`,
      // Hears: reads as a group, and may add to the dead letters only; counts requests by address.
      consumer: `~tickstock.* &tickstock.* +@connection -@admin +xreadgroup +xack +xautoclaim +xclaim
        +xpending +xrange +xinfo +xgroup|create +xgroup|setid +xgroup|delconsumer
        +subscribe +unsubscribe (~tickstock.dead_letter.messages +xadd)
        (~tickstock:rate:* +eval +evalsha +script|load +incr +pexpire +pttl)`,
    },
  },
  processes: {
    // The first process is the one that actors and pages talk to.
    consumer: {
      command: ['node', 'src/consumer/main.ts'],
      ready: '/ready',
      env: ({ port, postgres, redis, secret }) => ({
        PORT: String(port),
        DATABASE_URL: postgres.url('consumer'),
        REDIS_URL: redis.urlOf('consumer'),
        JWT_SECRET: secret('jwt'),
        LOG_LEVEL: 'warn',
        RATE_LIMIT_MAX: '1000000',
        SIGN_IN_LIMIT_MAX: '100000',
      }),
    },
    producer: {
      command: ['node', 'src/producer/main.ts'],
      ready: '/ready',
      env: ({ port, postgres, redis }) => ({
        PORT: String(port),
        DATABASE_URL: postgres.url('producer'),
        REDIS_URL: redis.urlOf('producer'),
        LOG_LEVEL: 'warn',
        RATE_LIMIT_MAX: '1000000',
      }),
    },
  },
  signIn,
  demo: {
    command: ['node', 'src/demo.ts'],
    env: ({ postgres }) => ({ MIGRATE_DATABASE_URL: postgres.url('owner') }),
  },
})

/**
 * The actor's name begins with his role where he is an operator: `operator`, `operator:second`;
 * every other name is a viewer.
 */
async function signIn(actor: string, { sql, services, random }: SignInTools): Promise<SignedIn> {
  const role = actor.split(':')[0] === 'operator' ? 'operator' : 'viewer'
  const email = `${random.text(12)}@tickstock.example`
  const id = await sql.value<string>(
    `insert into consumer.users (email, name, role, password_hash) values ($1, $2, $3, 'none')
     returning id`,
    [email, actor, role],
  )
  const secret = services.secret('jwt')
  const claims = { epoch: 0 }
  return signedIn({ subject: id, issuer: name, secret, claims, facts: { id, email } })
}
