/** How long a patient's question waits: by the hours of the team, with the time on the wall always beside it. */

import type { TeamHours } from "../../../realtime/client/wire.gen.ts";
import { momentAfter, opensAt, openTime } from "./open-time.ts";
import { daypart, lasted, sentence, upcoming, worked } from "./time.ts";

export interface Wait {
  /** "12 min", "26 h"; "from last night" while nothing of it was open time. */
  short: string;
  /** "Clock starts 8:00 AM", "Due by 2:15 PM", "Overdue 40 min"; null where there is nothing to say. */
  mark: string | null;
  tone: Tone;
  /** All of it in sentences, with the time on the wall. */
  said: string;
}

export type Tone = "calm" | "due" | "overdue";

const MINUTE = 60_000;
/** What part of the goal has passed when an answer is due. */
const DUE = 0.75;

/** Where nobody has said any hours, or the question is older than they are told for, the wall's clock counts. */
export function waitOf(since: string, hours: TeamHours | undefined, now: number): Wait {
  const asked = Date.parse(since);
  const openings = hours?.openings ?? [];
  const counted = openTime(openings, asked, now);
  const isKnown = hours !== undefined && openings.length > 0 && asked >= Date.parse(hours.openings_from);
  const aim = aimOf(hours, isKnown ? asked : null, counted);
  if (!isKnown || now - asked - counted < MINUTE) return byTheWall(since, aim, now);
  const isBegun = counted >= MINUTE;
  const next = opensAt(openings, now);
  const goesOn = next === null ? null : `${isBegun ? "Paused until" : "Clock starts"} ${upcoming(next, now)}`;
  return {
    short: isBegun ? worked(counted) : `from ${daypart(since, now)}`,
    mark: markOf(aim, now) ?? goesOn,
    tone: aim.tone,
    said: sentences(
      isBegun ? `Waiting ${worked(counted)} of open time.` : "No open time has passed yet.",
      `Asked ${sentence(since, now)}, ${lasted(since, now)} ago.`,
      next !== null && `${isBegun ? "The clock goes on" : "The clock starts"} ${sentence(next, now)}.`,
      aimSaid(aim, now),
    ),
  };
}

function byTheWall(since: string, aim: Aim, now: number): Wait {
  const short = lasted(since, now);
  const waits = short === "now" ? "Waiting less than a minute." : `Waiting ${short}.`;
  const said = sentences(waits, `Asked ${sentence(since, now)}.`, aimSaid(aim, now));
  return { short, mark: markOf(aim, now), tone: aim.tone, said };
}

/** Where a question stands before the team's goal. `due`: when it is reached, null if there is none or it is far. */
interface Aim {
  tone: Tone;
  due: number | null;
  late: number;
}

/** `asked` is null where more than what was `counted` may have passed. */
function aimOf(hours: TeamHours | undefined, asked: number | null, counted: number): Aim {
  const goal = (hours?.hours?.goal_minutes ?? 0) * MINUTE;
  if (!hours || goal === 0) return { tone: "calm", due: null, late: 0 };
  const tone = counted >= goal ? "overdue" : counted >= goal * DUE ? "due" : "calm";
  if (asked === null) return { tone, due: null, late: 0 };
  return { tone, due: momentAfter(hours.openings, asked, goal), late: counted - goal };
}

function markOf({ tone, due, late }: Aim, now: number): string | null {
  if (tone === "overdue") return late < MINUTE ? "Overdue" : `Overdue ${worked(late)}`;
  return tone === "due" ? (due ? `Due by ${upcoming(due, now)}` : "Due") : null;
}

function aimSaid(aim: Aim, now: number): string | null {
  if (aim.tone === "overdue") return `${markOf(aim, now)}.`;
  return aim.due === null ? null : `An answer is due ${sentence(aim.due, now)}.`;
}

const sentences = (...said: (string | false | null)[]) => said.filter(Boolean).join(" ");
