/**
 * What a plain text costs, counted as `server/notices/gsm7.py` counts it; both are held to `tests/wire/segments.json`.
 * Source: 3GPP TS 23.038 §6.2.1 (alphabet and its extension), TS 23.040 §9.2.3.24.1 (joined texts).
 */

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

export interface Cost {
  segments: number;
  /** The first character that makes the whole text dearer, or null. */
  costly: string | null;
}

export function cost(text: string): Cost {
  const letters = [...text];
  const costly = letters.find((letter) => !BASIC.has(letter) && !EXTENDED.has(letter)) ?? null;
  if (letters.length === 0) return { segments: 0, costly };
  if (costly !== null) return { segments: count(letters, 70, 67, (letter) => letter.length), costly };
  return { segments: count(letters, 160, 153, (letter) => (EXTENDED.has(letter) ? 2 : 1)), costly };
}

/** A character of two units is never split between two texts, so a joined text may end one unit early. */
function count(letters: readonly string[], alone: number, joined: number, units: (letter: string) => number): number {
  if (letters.reduce((sum, letter) => sum + units(letter), 0) <= alone) return 1;
  let segments = 1;
  let left = joined;
  for (const letter of letters) {
    if (units(letter) > left) {
      segments += 1;
      left = joined;
    }
    left -= units(letter);
  }
  return segments;
}

/** Typographic characters that mean the same as a plain one. No accents: "año" and "ano" are two words. */
const PLAIN: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‛": "'",
  "′": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "″": '"',
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": "...",
  "•": "-",
  "\t": " ",
  "\u00a0": " ",
  "\u2002": " ",
  "\u2003": " ",
  "\u2007": " ",
  "\u2009": " ",
  "\u200a": " ",
  "\u202f": " ",
  "\u2060": "",
  "\u200b": "",
  "\u200c": "",
  "\u200d": "",
  "\ufeff": "",
  "\u00ad": "",
};

/** The plain character for a costly one; null where only the writer can say what else to write. */
export function plainFor(letter: string): string | null {
  return PLAIN[letter] ?? null;
}

/** The text with every such character plain. Zero-width joiners stay where they hold an emoji together. */
export function plainer(text: string): string {
  const letters = [...text];
  return letters.map((letter, at) => (joins(letters, at) ? letter : (PLAIN[letter] ?? letter))).join("");
}

const joins = (letters: readonly string[], at: number) =>
  letters[at] === "\u200d" &&
  [letters[at - 1], letters[at + 1]].some((each) => /\p{Extended_Pictographic}|\ufe0f/u.test(each ?? ""));

const INVISIBLE: Readonly<Record<string, string>> = {
  "\u00a0": "a no-break space",
  "\u202f": "a narrow no-break space",
  "\t": "a tab",
  "\u200b": "a zero-width space",
  "\u200c": "a zero-width non-joiner",
  "\u200d": "a zero-width joiner",
  "\u2060": "a word joiner",
  "\ufeff": "a zero-width space",
  "\u00ad": "a soft hyphen",
};

/** A character as it can be named in a sentence: “’”, or "a no-break space". */
export function nameOf(letter: string): string {
  return INVISIBLE[letter] ?? (/^\s$/u.test(letter) ? "a special space" : `“${letter}”`);
}
