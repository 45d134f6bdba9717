/** The languages that patients can be written to in, as the server knows them. */

export const LANGUAGES = { en: "English", es: "Spanish", ar: "Arabic" } as const;

export const languageName = (code: string): string => LANGUAGES[code as keyof typeof LANGUAGES] ?? code;

/** The language of a patient who is not written to in English; null of the others. */
export const otherLanguage = (code: string): string | null => (code === "en" ? null : languageName(code));
