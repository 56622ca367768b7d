/** Common prefixes, such as `HW_` of the vendor's Terraform provider: a shared prefix alone does not make a variable a setting. */
const COMMON_BEGINNINGS: ReadonlySet<string> = new Set([
  ...['HW', 'OTEL', 'NODE', 'LOG', 'NO', 'HTTP', 'HTTPS', 'MAX', 'CLIENT', 'BODY', 'HEADERS', 'CONNECT'],
  ...['ALLOW', 'PROJECT', 'LOGIN'],
])

/** Variables that resemble a setting: one line each, with the setting that may be meant. */
export function unknownSettings(given: readonly string[], known: readonly string[]): readonly string[] {
  const isKnown = new Set(known)
  return given
    .filter((name) => !isKnown.has(name))
    .flatMap((name) => {
      const meant = known.find((setting) => isMistyped(name, setting) || isCutOrLengthened(name, setting))
      if (meant !== undefined) return `${name} is no setting of this gateway: is ${meant} meant?`
      const beginsLikeOurs = known.some((setting) => sharesBeginning(name, setting))
      return beginsLikeOurs ? `${name} is no setting of this gateway` : []
    })
    .toSorted()
}

/** Whether two names differ only in letter case, or by one typing error, or two in long names. */
function isMistyped(name: string, setting: string): boolean {
  // Programs read `http_proxy` as well as `HTTP_PROXY`.
  if (name.endsWith('_proxy')) return false
  const slips = Math.min(MAX_EDIT_DISTANCE, Math.floor(setting.length / CHARACTERS_PER_SLIP))
  if (name.toUpperCase() === setting) return name !== setting
  return slips > 0 && Math.abs(name.length - setting.length) <= slips && distance(name, setting) <= slips
}

const MAX_EDIT_DISTANCE = 2
const CHARACTERS_PER_SLIP = 6

/** `HW_REGION` of `HW_REGION_NAME`, `APIG_ENDPOINT_URL` of `APIG_ENDPOINT`: whole words, at least two of them. */
function isCutOrLengthened(name: string, setting: string): boolean {
  const [shorter, longer] = name.length < setting.length ? [name, setting] : [setting, name]
  return shorter.includes('_') && longer.startsWith(`${shorter}_`) && !shorter.startsWith('OTEL_')
}

function sharesBeginning(name: string, setting: string): boolean {
  const end = setting.indexOf('_')
  const beginning = setting.slice(0, end)
  return end > 0 && !COMMON_BEGINNINGS.has(beginning) && name.startsWith(`${beginning}_`)
}

/** Number of letters to insert, delete, replace or swap with the next. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}
