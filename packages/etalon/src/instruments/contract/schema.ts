import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { messageOf } from '../../kernel/errors.ts'
import type { OpenApiDocument, PlacedSchema } from '../openapi.ts'

/** The schemas of a document, as judges of values. */
export interface Schemas {
  /** How a value departs from a schema, in one sentence; undefined when it does not. */
  departure(of: PlacedSchema, value: unknown): string | undefined
  /** Schemas that cannot be used, because what they refer to is not there, for example. */
  readonly unusable: ReadonlyMap<string, string>
}

const documentId = 'openapi'

/**
 * Reads the schemas of an OpenAPI 3.1 document, whose dialect is JSON Schema 2020-12. They are
 * compiled when first used. A schema that cannot be compiled departs from nothing, and is listed.
 */
export function openSchemas(document: OpenApiDocument): Schemas {
  const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 9, logger: false })
  formats.default(ajv)
  // Added as it is: only the schemas that are pointed at are ever compiled.
  ajv.addSchema({ ...document }, documentId, undefined, false)
  const compiled = new Map<string, ValidateFunction | undefined>()
  const unusable = new Map<string, string>()
  const compile = (pointer: string): ValidateFunction | undefined => {
    try {
      return ajv.compile({ $ref: `${documentId}${pointer}` })
    } catch (error) {
      unusable.set(decodeURIComponent(pointer), messageOf(error))
      return undefined
    }
  }
  return {
    unusable,
    departure: ({ pointer }, value) => {
      if (!compiled.has(pointer)) compiled.set(pointer, compile(pointer))
      const validate = compiled.get(pointer)
      if (validate === undefined || validate(value)) return undefined
      return describe(validate.errors?.at(-1))
    },
  }
}

function describe(error: ErrorObject | undefined): string {
  if (!error) return 'it does not fit'
  const extra = 'additionalProperty' in error.params ? ` (${error.params.additionalProperty})` : ''
  return `${error.instancePath || 'it'} ${error.message ?? 'does not fit'}${extra}`
}
