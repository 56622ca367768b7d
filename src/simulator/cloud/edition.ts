/**
 * The rules of the cloud. `pages`: the two pages of 2023 (APIG, and ROMA Connect of 2023-06-29). `current`: the vendor's API
 * description of 2025-09-02, and the ROMA Connect page of 2025-12-18.
 */
export const EDITIONS = ['pages', 'current'] as const
export type Edition = (typeof EDITIONS)[number]

export function isEdition(text: string): text is Edition {
  return EDITIONS.some((edition) => edition === text)
}
