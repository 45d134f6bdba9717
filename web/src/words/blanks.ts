/** What is left open in a message: "[time]", or a name in braces that nothing was put in for. */

export interface Blank {
  at: number;
  end: number;
  text: string;
}

const BLANK = /\[\p{L}[\p{L}\p{M}\d '’-]{0,39}\]|\{[^{}\n]{1,40}\}/gu;

export function blanksIn(body: string): Blank[] {
  return [...body.matchAll(BLANK)].map(({ 0: text, index }) => ({ at: index, end: index + text.length, text }));
}

/** The first that begins at or after a place. */
export const blankAfter = (body: string, from: number): Blank | undefined =>
  blanksIn(body).find(({ at }) => at >= from);

/** Which must be filled in before it can go. */
export function sentenceOf([first, ...others]: readonly Blank[]): string {
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `Fill in ${first?.text ?? ""}${more} before this goes, or take the brackets away.`;
}

/** What stands between the blanks. */
export const around = (body: string): string[] => body.split(BLANK);
