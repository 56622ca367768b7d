/** The languages of messages: those of the vendor's two pages. */
export type Language = 'en' | 'zh'

/** The language that an `Accept-Language` header asks for most; English where it asks for neither. */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  if (!acceptLanguage) return 'en'
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 }
  for (const range of acceptLanguage.slice(0, 1_000).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const language = LANGUAGE_BY_PRIMARY_TAG.get(tag.split('-')[0] ?? '')
    if (language === undefined) continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    const quality = weight === undefined ? 1 : Number(weight.slice(2))
    if (quality > best.quality) best = { language, quality }
  }
  return best.language
}

const LANGUAGE_BY_PRIMARY_TAG: ReadonlyMap<string, Language> = new Map([
  ['en', 'en'],
  ['*', 'en'],
  ['zh', 'zh'],
])
