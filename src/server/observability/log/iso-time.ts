let second = Number.NaN
let upToTheSecond = ''

/** The time now, as `Date`'s `toISOString` writes it. All but the milliseconds is made once a second. */
export function isoTime(): string {
  const now = Date.now()
  const milliseconds = now % 1000
  if (now - milliseconds !== second) {
    second = now - milliseconds
    upToTheSecond = new Date(second).toISOString().slice(0, -'000Z'.length)
  }
  return `${upToTheSecond}${String(milliseconds).padStart(3, '0')}Z`
}
