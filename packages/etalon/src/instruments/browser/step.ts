import { within } from '../../kernel/clock.ts'
import { EtalonError } from '../../kernel/errors.ts'

/** What Playwright waits for without any limit, on a page and on an element of it. */
const endless = new Set([
  'evaluate',
  'evaluateAll',
  'evaluateHandle',
  'count',
  'allTextContents',
  'allInnerTexts',
  'title',
  'content',
  'setViewportSize',
  'emulateMedia',
  'bringToFront',
  'requestGC',
  'close',
])

/** Nothing that is done with these has a limit. */
const devices = new Set(['keyboard', 'mouse'])

/** What leads to an element. */
const finding = /^(?:locator|getBy\w+|first|last|nth|filter|and|or)$/

/**
 * A step of a browser that has to end.
 *
 * @throws ETALON_BROWSER_STEP_ENDLESS when it is not done within `msMax`
 */
export function endingStep<Result>(
  step: string,
  work: Promise<Result>,
  msMax: number,
): Promise<Result> {
  const tooLong = (): Error =>
    new EtalonError('ETALON_BROWSER_STEP_ENDLESS', { step, seconds: msMax / 1_000 })
  return within(work, msMax, tooLong)
}

/**
 * A page or an element of which every step ends: one to which Playwright sets no limit is given up
 * after `msMax`, and so is one of the elements that are found through it. The others have the limit
 * of their context or their own.
 */
export function withEndingSteps<Target extends object>(
  target: Target,
  msMax: number,
  isEndless: (step: string) => boolean = (step) => endless.has(step),
): Target {
  return new Proxy(target, {
    get: (of, name) => {
      const part: unknown = Reflect.get(of, name, of)
      if (typeof name === 'symbol') return part
      if (devices.has(name)) return withEndingSteps(part as object, msMax, () => true)
      if (typeof part !== 'function') return part
      return (...given: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(part, of, given)
        if (finding.test(name)) return withEndingSteps(result as object, msMax)
        const isLimited = result instanceof Promise && isEndless(name)
        return isLimited ? endingStep(name, result, msMax) : result
      }
    },
  })
}
