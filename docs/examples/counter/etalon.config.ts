import { defineSystem } from 'etalon'

export default defineSystem({
  name: 'counter',
  title: 'A counter',
  processes: {
    server: {
      command: ['node', 'server.ts'],
      ready: '/',
      env: ({ port }) => ({ PORT: String(port) }),
    },
  },
})
