/** Whom a file of patients means: one MRN, phone number or e-mail address a line, as a pasted list has them. */

export type Found = { lines: string[]; of: string } | { why: string };

/** What a column is called, in the order in which it is taken: an MRN is one patient's, a phone may be a family's. */
const COLUMNS = [
  ["MRNs", /^(mrn|medical record( number| no\.?)?|patient ?(id|number)|chart( ?number| no\.?)?)$/i],
  ["phone numbers", /^(phone|cell|mobile|telephone)( ?phone)?( ?number| no\.?)?$/i],
  ["e-mail addresses", /^e-?mail( address)?$/i],
] as const;

/** Excel writes CSV as UTF-16 or UTF-8 with a mark, others without one. */
export function decoded(content: ArrayBuffer): string {
  const [first, second] = new Uint8Array(content.slice(0, 2));
  const code =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(code).decode(content);
}

/** The best column that its first line names; a cell that is empty there is looked for in the next best. */
export function contactsIn(text: string): Found {
  // What begins like this is a workbook or another archive.
  if (text.startsWith("PK")) return { why: "This is a workbook. Save it as CSV, then read that." };
  const rows = cellsOf(text).filter((row) => row.some(Boolean));
  const [head = []] = rows;
  const named = COLUMNS.flatMap(([of, name]) => {
    const at = head.findIndex((cell) => name.test(cell));
    return at === -1 ? [] : [{ of, at }];
  });
  if (rows.length === 0) return { why: "There is nothing in this file." };
  if (named.length > 0) {
    const lines = rows.slice(1).flatMap((row) => named.map(({ at }) => row[at]).find(Boolean) ?? []);
    return { lines, of: named.map((each) => each.of).join(", else ") };
  }
  if (rows.some((row) => row.slice(1).some(Boolean))) {
    return { why: "No column of this file is called MRN, Phone or Email. Name one of them so in its first line." };
  }
  return { lines: rows.flatMap((row) => row[0] ?? []), of: "its only column" };
}

/** RFC 4180, with whichever of the usual signs stands between the cells of the first line. */
function cellsOf(text: string): string[][] {
  const [first = ""] = text.split(/\r?\n/, 1);
  const many = (sign: string) => first.split(sign).length;
  const sign = [",", ";", "\t"].reduce((best, each) => (many(each) > many(best) ? each : best));
  const rows: string[][] = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${sign}\r\n]*))(${sign}|\r?\n|\r|$)`, "y");
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    // A quote that nothing closes: the rest is taken as it stands.
    if (!found) break;
    const [, quoted, plain = "", end = ""] = found;
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end !== sign) rows.push([]);
  }
  return rows;
}
