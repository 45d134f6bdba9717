/** Times in words, in the clinic's zone. */

const LOCALE = "en-US";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let zone: string | undefined;
const made = new Map<string, Intl.DateTimeFormat>();

export function useZone(name: string): void {
  zone = name;
  made.clear();
}

/** The clinic's; undefined before it is known. */
export const clinicZone = (): string | undefined => zone;

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const name = JSON.stringify(options);
  const known = made.get(name) ?? new Intl.DateTimeFormat(LOCALE, { ...options, ...(zone ? { timeZone: zone } : {}) });
  made.set(name, known);
  return known.format(at);
}

const dayOf = (at: number) => format(at, { year: "numeric", month: "2-digit", day: "2-digit" });

/** "9:02 AM" */
export function clock(instant: string | number): string {
  return format(new Date(instant).getTime(), { hour: "numeric", minute: "2-digit" });
}

/** "9 PM": a whole hour of a day. */
export function hour(ofDay: number): string {
  return `${ofDay % 12 || 12} ${ofDay < 12 ? "AM" : "PM"}`;
}

/** "now", "12 min", "3 h", "2 d": how long something has lasted. */
export function lasted(since: string, now: number): string {
  const passed = now - Date.parse(since);
  return passed < DAY ? worked(passed) : `${Math.floor(passed / DAY)} d`;
}

/** "now", "12 min", "26 h": so much time in which somebody was there. It has no days: how long would one be? */
export function worked(passed: number): string {
  if (passed < MINUTE) return "now";
  return passed < HOUR ? `${Math.floor(passed / MINUTE)} min` : `${Math.floor(passed / HOUR)} h`;
}

/** "9:02 AM" today, "Yesterday", "Mon" within six days, else "Oct 3", with the year when it is another. */
export function when(instant: string, now: number): string {
  const at = Date.parse(instant);
  if (dayOf(at) === dayOf(now)) return clock(at);
  if (dayOf(at) === dayOf(now - DAY)) return "Yesterday";
  if (Math.abs(now - at) < 6 * DAY) return format(at, { weekday: "short" });
  return format(at, { month: "short", day: "numeric", ...otherYear(at, now) });
}

/** "Today", "Yesterday" or "Mon, Nov 23": the heading over a day's messages. */
export function day(instant: string | number, now: number): string {
  const at = new Date(instant).getTime();
  if (dayOf(at) === dayOf(now)) return "Today";
  if (dayOf(at) === dayOf(now - DAY)) return "Yesterday";
  return format(at, { weekday: "short", month: "short", day: "numeric", ...otherYear(at, now) });
}

/** "today", "yesterday", "Oct 3", with the year when it is another. */
export function date(instant: string, now: number): string {
  const at = Date.parse(instant);
  if (dayOf(at) === dayOf(now)) return "today";
  if (dayOf(at) === dayOf(now - DAY)) return "yesterday";
  return format(at, { month: "short", day: "numeric", ...otherYear(at, now) });
}

/** "today at 9:02 AM", "on Oct 3 at 4:15 PM": inside a sentence. */
export function sentence(instant: string | number, now: number): string {
  const at = new Date(instant).getTime();
  const words = day(at, now);
  const date = words === "Today" || words === "Yesterday" ? words.toLowerCase() : `on ${words}`;
  return `${date} at ${clock(at)}`;
}

/** "Sent 9:02 AM, arrived 9:14 AM": of a text that came late; the days too where it was sent on another one. */
export function late(sent: string, came: string, now: number): string {
  if (dayOf(Date.parse(sent)) === dayOf(Date.parse(came))) return `Sent ${clock(sent)}, arrived ${clock(came)}`;
  return `Sent ${sentence(sent, now)}, arrived ${sentence(came, now)}`;
}

/** "8:00 AM" within a day, "Mon, 8:00 AM" within six, else "Oct 3, 8:00 AM": when something will be. */
export function upcoming(at: number, now: number): string {
  if (at - now < DAY) return clock(at);
  const options = { month: "short", day: "numeric" } as const;
  return `${format(at, at - now < 6 * DAY ? { weekday: "short" } : options)}, ${clock(at)}`;
}

/** "5:13 PM" today, "tomorrow at 5:13 PM", "Monday at 5:13 PM" within six days, else "Oct 3 at 5:13 PM": after "until". */
export function until(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return clock(at);
  if (dayOf(at - DAY) === dayOf(now)) return `tomorrow at ${clock(at)}`;
  const options = at - now < 6 * DAY ? ({ weekday: "long" } as const) : ({ month: "short", day: "numeric" } as const);
  return `${format(at, options)} at ${clock(at)}`;
}

/** "today", "tonight", "last night", "yesterday", "Mon", "Oct 3": what is waited from. */
export function daypart(instant: string, now: number): string {
  const [asked, looked] = [hourOf(Date.parse(instant)), hourOf(now)];
  const date = day(instant, now);
  const isOfNight = date === "Today" ? asked < NIGHT_ENDS : date === "Yesterday" && asked >= NIGHT_BEGINS;
  if (isOfNight) return looked < NIGHT_ENDS ? "tonight" : "last night";
  if (date === "Today" && asked >= NIGHT_BEGINS) return "tonight";
  return date === "Today" || date === "Yesterday" ? date.toLowerCase() : when(instant, now);
}

const [NIGHT_BEGINS, NIGHT_ENDS] = [17, 6];
const hourOf = (at: number) => Number(format(at, { hour: "2-digit", hourCycle: "h23" }));

export function isSameDay(one: string | number, other: string | number): boolean {
  return dayOf(new Date(one).getTime()) === dayOf(new Date(other).getTime());
}

export function isOverdue(since: string, now: number, days: number): boolean {
  return now - Date.parse(since) > days * DAY;
}

function otherYear(at: number, now: number): Intl.DateTimeFormatOptions {
  return format(at, { year: "numeric" }) === format(now, { year: "numeric" }) ? {} : { year: "numeric" };
}

/** Whole years from a date of birth (`YYYY-MM-DD`) to today in the clinic's zone. */
export function age(born: string, now: number): number {
  const [month, dayOfMonth, year] = dayOf(now).split("/").map(Number);
  const [bornYear, bornMonth, bornDay] = born.split("-").map(Number);
  const years = (year ?? 0) - (bornYear ?? 0);
  const hadBirthday = (month ?? 0) * 100 + (dayOfMonth ?? 0) >= (bornMonth ?? 0) * 100 + (bornDay ?? 0);
  return hadBirthday ? years : years - 1;
}

/** "03/14/1985": a date of birth as clinics here write it. */
export function birthday(born: string): string {
  const [year, month, dayOfMonth] = born.split("-");
  return `${month}/${dayOfMonth}/${year}`;
}
