/** Tells in one sentence how a message departs from what it should be; undefined when it does not. */
export type Departure = (body: unknown, channel: string) => string | undefined

/** What judges bodies; a JSON Schema (2020-12) is compiled. Undefined without a shape. */
export async function departureBy(
  shape: object | Departure | undefined,
): Promise<Departure | undefined> {
  if (shape === undefined || typeof shape === 'function') return shape as Departure | undefined
  // Checking takes libraries that only those load who give a schema.
  const [{ Ajv2020 }, formats] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
  ])
  const ajv = new Ajv2020({ strict: false, logger: false })
  formats.default.default(ajv)
  const validate = ajv.compile(shape)
  return (body) => {
    if (validate(body)) return undefined
    const error = validate.errors?.at(-1)
    return `${error?.instancePath || 'it'} ${error?.message ?? 'does not fit'}`
  }
}
