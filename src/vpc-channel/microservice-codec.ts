import type { MicroserviceType } from './codes.ts'
import type { Comparison } from './comparison.ts'
import { type ComparedFields, type ObjectCodec, object } from './object-codec.ts'
import { isBlank, isObject, type JsonObject } from './read-json.ts'
import type { Codec } from './row.ts'
import { optional } from './row.ts'

interface Base {
  serviceType: MicroserviceType | null
}

/** An input has the object of one kind. */
interface Halves<CseInput, CceInput> {
  cse?: CseInput | null | undefined
  cce?: CceInput | null | undefined
}

/** A model has the fields of its kind and those of all kinds. */
type Microservice<Shared extends Base, Cse, Cce> =
  | (Shared & { serviceType: 'CSE' } & Cse)
  | (Shared & { serviceType: 'CCE' } & Cce)

interface MicroserviceCodec<Input, Answer> extends Codec<Input, Answer | null> {
  readonly comparison: Comparison<Input, Answer | null>
}

/**
 * A microservice of one of two kinds. REST names the kind in `service_type` and has its fields in a nested object; an input has
 * one of two objects; a model has all fields on one level.
 */
export function microserviceCodec<
  Shared extends Base,
  CseInput extends object,
  Cse,
  CceInput extends object,
  Cce,
>(
  shared: ObjectCodec<object, Shared>,
  cse: ObjectCodec<CseInput, Cse>,
  cce: ObjectCodec<CceInput, Cce>,
): MicroserviceCodec<Halves<CseInput, CceInput>, Microservice<Shared, Cse, Cce>> {
  const halves = object({
    cse: optional('cse_info', cse, halfComparison(cse)),
    cce: optional('cce_info', cce, halfComparison(cce)),
  })
  return {
    rows: { ...shared.rows, ...halves.rows },
    write(input) {
      if (!input.cse && !input.cce) return undefined
      return { service_type: input.cse ? 'CSE' : 'CCE', ...halves.write(input) }
    },
    read(value, _restName, noteUnknown) {
      if (!isObject(value) || isBlank(value)) return null
      const fields = shared.readFields(value, noteUnknown)
      const cseInfo = objectIn(value, 'cse_info')
      const cceInfo = objectIn(value, 'cce_info')
      // Without a usable service_type, the nested object that has values shows the kind.
      const filledIn = isBlank(cseInfo) ? (isBlank(cceInfo) ? null : 'CCE') : 'CSE'
      switch (fields.serviceType ?? filledIn) {
        case 'CSE':
          return { ...fields, serviceType: 'CSE', ...cse.readFields(cseInfo, noteUnknown) }
        case 'CCE':
          return { ...fields, serviceType: 'CCE', ...cce.readFields(cceInfo, noteUnknown) }
        default:
          return null
      }
    },
    comparison: {
      differences(path, wanted, found, scope) {
        if (!wanted) return []
        const half = {
          cse: found?.serviceType === 'CSE' ? found : null,
          cce: found?.serviceType === 'CCE' ? found : null,
        }
        if ((wanted.cse && half.cse) || (wanted.cce && half.cce)) {
          return halves.differences(`${path}.`, wanted, half, scope)
        }
        return [
          {
            path,
            wanted: wanted.cse ?? wanted.cce ?? null,
            found: found ? { ...found } : null,
            certain: Boolean(found),
          },
        ]
      },
      shown: (found) => found && { ...found },
    },
  }
}

/** Compares the fields where input and channel are of the same kind. */
const halfComparison = <Input, Answer>(
  half: ComparedFields<Input, Answer>,
): Comparison<Input, Answer | null> => ({
  differences: (path, wanted, found, scope) =>
    wanted && found ? half.differences(`${path}.`, wanted, found, scope) : [],
  shown: (found, scope) => found && half.shown(found, scope),
})

const objectIn = (body: JsonObject, name: string): JsonObject => {
  const value = body[name]
  return isObject(value) ? value : {}
}
