import os from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { cacheDirectory } from '../../src/environment/directory.ts'

afterEach(() => vi.unstubAllEnvs())

test('a variable that is set to nothing counts as not set', () => {
  vi.stubEnv('ETALON_CACHE', '')
  vi.stubEnv('XDG_CACHE_HOME', '')
  expect(cacheDirectory()).toBe(join(os.homedir(), '.cache', 'etalon'))
})
