/**
 * What looks private in a plain text: the rules and the list of `server/domain/private_words.py`, so that the warning
 * stands there before the server says the same. Both pass the cases of `tests/wire/private.json`.
 */

import lists from "../../../server/domain/private_words.json";

type Theirs = "own_birth_date" | "own_mrn" | "own_phone" | "own_email" | "own_name";
export type Found = "date" | "ssn" | "mrn" | "word" | Theirs;

/** What is on file about the patient; a `Patient` fits. */
export interface Own {
  date_of_birth?: string | null;
  mrn?: string | null;
  /** In E.164. */
  phone?: string | null;
  email?: string | null;
  first_name?: string | null;
  last_name?: string | null;
}

interface Day {
  day: number;
  month: number;
  year: string;
}

const MONTHS: Record<string, number> = lists.months;
const MONTH = longestFirst(Object.keys(MONTHS)).join("|");
const DAY = "(\\d{1,2})(?:st|nd|rd|th|o)?";
const YEAR = "((?:19|20)\\d\\d|\\d\\d)";
const pattern = (inside: string) => new RegExp(`(?<![a-z0-9])${inside}(?![a-z0-9])`, "g");

const NUMBERS = pattern(`(\\d{1,2})([/.-])(\\d{1,2})\\2${YEAR}`);
const YEAR_FIRST = pattern("((?:19|20)\\d\\d)([/.-])(\\d{1,2})\\2(\\d{1,2})");
const MONTH_DAY = pattern(`(${MONTH})\\.? {1,2}${DAY},? {1,2}${YEAR}`);
const DAY_MONTH = pattern(`${DAY} (?:de )?(${MONTH})\\.?,? (?:del? )?${YEAR}`);
const EIGHT = pattern("\\d{8}");
const SSN = pattern("\\d{3}[ -]\\d{2}[ -]\\d{4}");
const MRN = /(?<![a-z0-9])mrn[^a-z0-9_]{0,3}(?=[a-z-]{0,4}\d)/;
const CODE = pattern("(?=[a-z0-9-]*\\d)[a-z0-9]+(?:-[a-z0-9]+)*");
const PHONE = /^1?[2-9]\d{9}$/;
const WORDS = pattern(`(?:${everyWord().map(asPattern).join("|")})`);

/** What a clinic changed of the list, as `Me` says it. */
export interface Clinic {
  more: readonly string[];
  fewer: readonly string[];
}

const AS_LISTED: Clinic = { more: [], fewer: [] };

export function looksPrivate(text: string, own?: Own, clinic?: Clinic): boolean {
  return found(text, own, clinic).length > 0;
}

export function found(text: string, own?: Own, clinic: Clinic = AS_LISTED, today: Date = new Date()): Found[] {
  const plain = folded(text);
  const signs: Record<Found, boolean> = {
    date: days(plain, false).some((each) => isPast(each, today)),
    ssn: has(plain, SSN),
    mrn: MRN.test(plain) || all(plain, CODE).some(([word]) => isCode(word)),
    word: wordsIn(plain, clinic).length > 0,
    own_birth_date: hasBirthDate(plain, own?.date_of_birth),
    own_mrn: hasRecordNumber(plain, own?.mrn),
    own_phone: hasPhone(plain, own?.phone),
    own_email: hasEmail(plain, own?.email),
    own_name: hasName(plain, own),
  };
  return (Object.keys(signs) as Found[]).filter((code) => signs[code]);
}

/** The codes, with the words themselves in place of `word`: what a writer is shown. */
export function named(text: string, own?: Own, clinic: Clinic = AS_LISTED): string[] {
  const words = wordsIn(folded(text), clinic);
  return [...found(text, own, clinic).filter((code) => code !== "word"), ...new Set(words)];
}

/** Those of the list that count at the clinic, and its own. */
function wordsIn(plain: string, { more, fewer }: Clinic): string[] {
  const none = new Set(fewer.map(compared));
  const listed = all(plain, WORDS).filter(([word]) => !none.has(compared(word)));
  return [...listed, ...more.flatMap((word) => all(plain, ownPattern(word)))].map(([word]) => word);
}

/** However it is written, and whatever stands between its parts. */
const compared = (word: string) => folded(word).replace(/[ -]+/g, " ");

function ownPattern(word: string): RegExp {
  const [stem = "", rest] = compared(word).split("*");
  const parts = stem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ -]+");
  return pattern(rest === undefined ? parts : `${parts}[a-z0-9]*`);
}

function folded(text: string): string {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}

const has = (plain: string, sought: RegExp) => plain.search(sought) >= 0;
const all = (plain: string, sought: RegExp) => [...plain.matchAll(sought)];

function everyWord(): string[] {
  return Object.values(lists.words).flatMap((groups) => Object.values(groups).flat());
}

/** A stem ends with `*`; the blanks of several words may be hyphens in a text. */
function asPattern(word: string): string {
  return word.replaceAll(" ", "[ -]+").replace("*", "[a-z0-9]*");
}

function longestFirst(words: string[]): string[] {
  return words.sort((one, other) => other.length - one.length);
}

/** Numbers are read the American way, `bothWays` also as most of the world writes them. */
function days(plain: string, bothWays: boolean): Day[] {
  return [
    ...all(plain, NUMBERS).flatMap(([, first, , second, year]) => asWritten(first, second, year, bothWays)),
    ...all(plain, YEAR_FIRST).map(([, year, , month, day]) => asDay(day, Number(month), year)),
    ...all(plain, MONTH_DAY).map(([, month = "", day, year]) => asDay(day, MONTHS[month] ?? 0, year)),
    ...all(plain, DAY_MONTH).map(([, day, month = "", year]) => asDay(day, MONTHS[month] ?? 0, year)),
  ];
}

function asDay(day: string | undefined, month: number, year = ""): Day {
  return { day: Number(day), month, year };
}

function asWritten(first: string | undefined, second: string | undefined, year = "", bothWays = false): Day[] {
  const american = asDay(second, Number(first), year);
  const other = asDay(first, Number(second), year);
  if (american.month > 12) return [other];
  return bothWays ? [american, other] : [american];
}

/** Two digits are this century's unless that is more than a year away. */
function isPast({ day, month, year }: Day, today: Date): boolean {
  const now = today.getUTCFullYear();
  let full = year.length === 4 ? Number(year) : 2000 + Number(year);
  if (year.length === 2 && full > now + 1) full -= 100;
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const order = (a: number, b: number, c: number) => a * 10_000 + b * 100 + c;
  return order(full, month, day) < order(now, today.getUTCMonth() + 1, today.getUTCDate());
}

function hasBirthDate(plain: string, born: string | null | undefined): boolean {
  if (!born) return false;
  const [year = "", month = "", day = ""] = born.split("-");
  const whole = [month + day + year, day + month + year, year + month + day];
  if (all(plain, EIGHT).some(([eight]) => whole.includes(eight))) return true;
  const isIt = (each: Day) =>
    each.day === Number(day) && each.month === Number(month) && (each.year === year || each.year === year.slice(2));
  return days(plain, true).some(isIt);
}

/** Whatever stands between its letters and digits; a very short one would be found in any text. */
function hasRecordNumber(plain: string, mrn: string | null | undefined): boolean {
  const signs = [...folded(mrn ?? "")].filter((char) => /[\p{L}\p{N}]/u.test(char));
  return signs.length >= 3 && has(plain, pattern(signs.join("[ ._/-]?")));
}

/** However it is written; one of North America also without its 1. */
function hasPhone(plain: string, phone: string | null | undefined): boolean {
  if (!phone) return false;
  const digits = [...phone.replace(/^\+?1?/, "")].join("[ ()./-]{0,2}");
  const first = phone.startsWith("+1") ? "(?:\\+?1[ .-]?)?" : "";
  return has(plain, new RegExp(`(?<!\\d)${first}\\(?${digits}(?!\\d)`));
}

const literal = (text: string) => folded(text).replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

function hasEmail(plain: string, email: string | null | undefined): boolean {
  return Boolean(email) && has(plain, new RegExp(`(?<![a-z0-9._%+-])${literal(email ?? "")}(?![a-z0-9-])`));
}

/** Both names side by side, in either order: a first name alone greets. */
function hasName(plain: string, own: Own | undefined): boolean {
  if (!own?.first_name || !own.last_name) return false;
  const [one, other] = [literal(own.first_name), literal(own.last_name)];
  return has(plain, pattern(`(?:${one} +${other}|${other},? +${one})`));
}

/** Six and more letters and digits, most likely the number of a record: not a phone number, not a year or a time. */
function isCode(word: string): boolean {
  const signs = word.replaceAll("-", "");
  const digits = signs.replace(/\D/g, "").length;
  if (signs.length < 6 || digits < 4 || PHONE.test(signs)) return false;
  return /^\d+$/.test(word) || digits < signs.length;
}
