/** What patients are told about the time until somebody answers, as staff see it. */

import type { Hours, Span, TeamHours } from "../../../realtime/client/wire.gen.ts";
import { many } from "./counts.ts";
import { clockIn, dateIn } from "./zones.ts";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DAY = 24 * 60 * 60_000;

/** "closed until Monday, 8:00 AM"; null while the team is open or nobody has said when. */
export function patientsSee({ now, zone }: TeamHours, at: number): string | null {
  if (!now || now.is_open) return null;
  if (!now.changes_at) return "closed";
  const opens = Date.parse(now.changes_at);
  const time = clockIn(zone, opens);
  const date = dateIn(zone, opens);
  if (date === dateIn(zone, at)) return `closed until ${time}`;
  const isSoon = [1, 2, 3, 4, 5, 6].some((days) => date === dateIn(zone, at, days));
  const name = isSoon ? { weekday: "long" as const } : { month: "long" as const, day: "numeric" as const };
  return `closed until ${new Intl.DateTimeFormat("en-US", { ...name, timeZone: zone }).format(opens)}, ${time}`;
}

const OFFICE: Span = { opens: "08:00", closes: "17:00" };

/** Everything that can be said of them. */
export type AllHours = Required<Hours>;

/** What a form begins with where nobody has said any hours. */
export function usual(): AllHours {
  return {
    week: WEEKDAYS.map((_, day) => (day < 5 ? [OFFICE] : [])),
    closed: [],
    answers_in: 1,
    unit: "business_days",
    patients_may_start: true,
    goal_minutes: null,
  };
}

/** The next time of a day: an hour after what there is, or the usual office day. */
export function another(day: readonly Span[]): Span {
  const last = day.at(-1);
  if (!last) return OFFICE;
  const hour = Math.min(Number(last.closes.slice(0, 2)), 23);
  const opens = last.closes === "24:00" ? "23:00" : last.closes;
  return { opens, closes: hour < 23 ? `${String(hour + 1).padStart(2, "0")}${opens.slice(2)}` : "24:00" };
}

/** Why a week cannot be, with its first such day, or null. */
export function wrongDay(week: readonly (readonly Span[])[]): string | null {
  const isWrong = (day: readonly Span[]) => {
    const sorted = [...day].sort((one, two) => one.opens.localeCompare(two.opens));
    return sorted.some((span, at) => span.opens >= span.closes || (sorted[at - 1]?.closes ?? "") > span.opens);
  };
  return WEEKDAYS.find((_, at) => isWrong(week[at] ?? [])) ?? null;
}

/** A date some days after another one, `YYYY-MM-DD`. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

/** "30 minutes", "1 hour", "1.5 hours" of the time in which a team is open. */
export function goalOf(minutes: number): string {
  if (minutes < 60) return many(minutes, "minute", "minutes");
  return minutes === 60 ? "1 hour" : `${Math.round(minutes / 6) / 10} hours`;
}
