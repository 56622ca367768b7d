/** A group of bars under a title. */
export interface Panel {
  readonly title: string
  readonly bars: readonly Bar[]
}

export interface Bar {
  readonly label: string
  readonly value: number
  /** Drawn in the accent colour. */
  readonly isHighlighted: boolean
  /** What is written after the number. */
  readonly note: string
}

const WIDTH = 760
const LABEL_WIDTH = 190
const NOTE_WIDTH = 130
const BAR_HEIGHT = 20
const BAR_STEP = 28
const PANEL_TITLE = 40
const TOP = 62
const BOTTOM = 24
const COLOURS = {
  back: '#ffffff',
  text: '#1f2328',
  faint: '#59636e',
  line: '#d1d9e0',
  bar: '#9fb3c8',
  isHighlighted: '#0969da',
}

/** Horizontal bars from 0, all panels on one scale; the line at 1 is what all are compared with. */
export function chart(title: string, subtitle: string, panels: readonly Panel[]): string {
  const shown = panels.filter(({ bars }) => bars.length > 0)
  const greatest = Math.max(1, ...shown.flatMap(({ bars }) => bars.map(({ value }) => value)))
  const scale = (WIDTH - LABEL_WIDTH - NOTE_WIDTH) / greatest
  let top = TOP
  const drawn = shown.map((panel) => {
    const svg = panelAt(top, panel, scale)
    top += heightOf(panel)
    return svg
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top + BOTTOM}" viewBox="0 0 ${WIDTH} ${top + BOTTOM}" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13" role="img">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="${COLOURS.back}"/>
<text x="16" y="28" font-size="17" font-weight="600" fill="${COLOURS.text}">${escaped(title)}</text>
<text x="16" y="47" fill="${COLOURS.faint}">${escaped(subtitle)}</text>
${drawn.join('\n')}
</svg>
`
}

const heightOf = ({ bars }: Panel): number => PANEL_TITLE + bars.length * BAR_STEP

function panelAt(top: number, panel: Panel, scale: number): string {
  const one = LABEL_WIDTH + scale
  const bars = panel.bars.map((bar, index) => barAt(top + PANEL_TITLE + index * BAR_STEP, bar, scale))
  return `<text x="16" y="${top + 24}" font-weight="600" fill="${COLOURS.text}">${escaped(panel.title)}</text>
${bars.join('\n')}
<line x1="${one.toFixed(1)}" x2="${one.toFixed(1)}" y1="${top + PANEL_TITLE - 6}" y2="${top + heightOf(panel)}" stroke="${COLOURS.faint}" stroke-dasharray="3 3"/>`
}

function barAt(top: number, { label, value, isHighlighted, note }: Bar, scale: number): string {
  const width = Math.max(1, value * scale)
  const middle = top + BAR_HEIGHT / 2 + 4.5
  return `<text x="${LABEL_WIDTH - 10}" y="${middle}" text-anchor="end" fill="${COLOURS.text}"${isHighlighted ? ' font-weight="600"' : ''}>${escaped(label)}</text>
<rect x="${LABEL_WIDTH}" y="${top}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="2" fill="${isHighlighted ? COLOURS.isHighlighted : COLOURS.bar}"/>
<text x="${(LABEL_WIDTH + width + 8).toFixed(1)}" y="${middle}" fill="${COLOURS.text}">${value.toFixed(2)} ×<tspan dx="6" fill="${COLOURS.faint}">${escaped(note)}</tspan></text>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
