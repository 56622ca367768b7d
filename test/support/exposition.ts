/** One line of a scrape. */
export interface ScrapedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy

/** Reads Prometheus' text format strictly: a line that is none throws. */
export const samplesOf = (text: string): ScrapedSample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => {
      const [, name, labels = '', value] = LINE.exec(line) ?? []
      // The process' own metrics write it so where they have seen nothing yet; Prometheus reads it in any case.
      const number = value === 'Nan' ? Number.NaN : Number(value || 'none')
      if (name === undefined || (Number.isNaN(number) && value !== 'Nan')) {
        throw new Error(`not a sample: ${line}`)
      }
      const found = [...labels.matchAll(LABEL)]
      if (found.map(([whole]) => whole).join('') !== labels) throw new Error(`not labels: ${line}`)
      return {
        name,
        labels: Object.fromEntries(found.map(([, label = '', text = '']) => [label, text])),
        value: number,
      }
    })

/** The series of one metric as `value label=… label=…`, without those that are 0. */
export const seriesOf = (text: string, name: string): string[] =>
  samplesOf(text)
    .filter((sample) => sample.name === `vpc_channel_gateway_${name}` && sample.value !== 0)
    .map(({ labels, value }) => [value, ...Object.values(labels)].join(' '))
    .sort()
