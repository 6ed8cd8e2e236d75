import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,systems,bench,docs,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/.etalon/**'],
    // Tests start real servers and processes; on two cores more files at once only wait longer.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
