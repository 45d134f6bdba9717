/** What a plain text costs: GSM-7 segments of 160 (153 when several), or UCS-2 of 70 (67). 3GPP TS 23.038. */

const GSM =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWICE = "^{}\\[~]|€\f";

export interface Cost {
  segments: number;
  /** The first character that makes the whole text dearer, or null. */
  costly: string | null;
}

export function cost(text: string): Cost {
  const costly = [...text].find((letter) => !GSM.includes(letter) && !TWICE.includes(letter)) ?? null;
  if (costly !== null) return { segments: count(text.length, 70, 67), costly };
  const length = [...text].reduce((sum, letter) => sum + (TWICE.includes(letter) ? 2 : 1), 0);
  return { segments: count(length, 160, 153), costly: null };
}

function count(length: number, single: number, several: number): number {
  if (length === 0) return 0;
  return length <= single ? 1 : Math.ceil(length / several);
}
