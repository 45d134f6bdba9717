/** Wall clocks of other zones: when it is 8:00 for a patient. */

const DAY = 24 * 60 * 60_000;
const PARTS = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;

/** What a clock on the wall shows, as if it were UTC: milliseconds since 1970. */
function wall(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-US", { ...PARTS, second: "2-digit", hourCycle: "h23", timeZone: zone });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part as Record<string, number>;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
const ahead = (at: number, zone: string) => wall(at, zone) - Math.floor(at / 1000) * 1000;

/**
 * The instant of a date (`YYYY-MM-DD`) and time (`HH:MM`) on a wall of this zone, in milliseconds; NaN if either is no
 * such thing. Where clocks go back, the first of the two; where they go forward, a time that is skipped comes out as
 * much later as it was skipped by (RFC 5545 §3.3.5).
 */
export function instantOf(date: string, time: string, zone: string): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wanted)) return Number.NaN;
  const before = wanted - ahead(wanted - DAY, zone);
  if (wall(before, zone) === wanted) return before;
  const after = wanted - ahead(wanted + DAY, zone);
  return wall(after, zone) === wanted ? after : before;
}

/** The date on the wall, `YYYY-MM-DD`, some days from now. */
export function dateIn(zone: string, now: number, days = 0): string {
  return new Date(wall(now, zone) + days * DAY).toISOString().slice(0, 10);
}

/** The time on the wall, `HH:MM`. */
export function timeIn(zone: string, now: number): string {
  return new Date(wall(now, zone)).toISOString().slice(11, 16);
}

/** "3:43 PM" on the wall of a zone. */
export function clockIn(zone: string, now: number): string {
  return new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: zone }).format(now);
}

export interface QuickTime {
  words: string;
  date: string;
  time: string;
}

/** "Later today, 4:00 PM" (until 3:30), "Tomorrow, 8:00 AM", and the next Monday unless that is tomorrow. */
export function quickTimes(zone: string, now: number): QuickTime[] {
  const today = dateIn(zone, now);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const toMonday = (8 - weekday) % 7 || 7;
  const choices = [
    timeIn(zone, now) < "15:30" && { words: "Later today, 4:00 PM", date: today, time: "16:00" },
    { words: "Tomorrow, 8:00 AM", date: dateIn(zone, now, 1), time: "08:00" },
    toMonday > 1 && { words: "Monday, 8:00 AM", date: dateIn(zone, now, toMonday), time: "08:00" },
  ];
  return choices.filter((each): each is QuickTime => each !== false);
}

/** "Tue, Nov 24, 8:00 AM" in a zone. */
export function inZone(instant: number | string, zone: string): string {
  const options = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone }).format(new Date(instant));
}

/** How long something is snoozed: "Tue, Nov 24, 8:00 AM", or "the patient replies, at the latest until …". */
export function untilWhen(until: number | string, zone: string, forReply: boolean | undefined): string {
  return `${forReply ? "the patient replies, at the latest until " : ""}${inZone(until, zone)}`;
}

/** "Central Time", or the zone's own name where it has none. */
export function nameOfZone(zone: string, now: number): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longGeneric" });
  return format.formatToParts(now).find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/**
 * "for Maria: Mon, Nov 23, 10:02 AM, Eastern Time": beside the clinic's own words for an instant, where the patient's
 * clock shows another time; else nothing.
 */
export function theirTime(instant: string, who: string, zone: string, here: string): string {
  const at = Date.parse(instant);
  return zone === here || showSameTime(zone, here, at)
    ? ""
    : `for ${who}: ${inZone(at, zone)}, ${nameOfZone(zone, at)}`;
}

/** Whether two zones show the same time at an instant, whatever they are called. */
export function showSameTime(one: string, other: string, at: number): boolean {
  return wall(at, one) === wall(at, other);
}
