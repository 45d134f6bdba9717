/** How far a message has come, in words. A plain text is never "viewed". */

import type { Delivery, Message, Row, ViaName } from "../../../realtime/client/wire.gen.ts";
import { clock, isOverdue, isSameDay, when } from "./time.ts";

export type Tone = "quiet" | "good" | "warn" | "bad";

export interface Standing {
  words: string;
  tone: Tone;
}

const isNotice = (via: ViaName) => via === "secure_sms" || via === "secure_email";

/** The state of one delivery. Of a secure message, only its notice travels. */
export function standing(delivery: Delivery, via: ViaName, now: number): Standing {
  const why = delivery.words;
  switch (delivery.state) {
    case "waiting":
      return waiting(delivery, now);
    case "sending":
      return { words: "Sending", tone: "quiet" };
    case "sent":
      return { words: isNotice(via) ? "Notice sent" : "Sent", tone: "quiet" };
    case "delivered":
      return { words: isNotice(via) ? "Notice delivered" : "Delivered", tone: "good" };
    case "failed":
      return { words: why ? `Undelivered – ${why}` : "Undelivered", tone: "bad" };
    case "uncertain":
      return { words: why ? `Not known if it arrived – ${why}` : "Not known if it arrived", tone: "warn" };
    case "cancelled":
      return { words: "Taken back", tone: "quiet" };
  }
}

/** Held until a time, held for an answer, or simply next in the queue. */
function waiting({ reason, words, due_at: due }: Delivery, now: number): Standing {
  const isHeld = due !== null && Date.parse(due) - now > 60_000;
  if (reason === "quiet_hours" && due) {
    return { words: `Goes out ${atTime(due, now)}, when the patient’s quiet hours end`, tone: "quiet" };
  }
  if (words && reason !== "undo") return { words: `Waiting – ${words}`, tone: reason === "outage" ? "warn" : "quiet" };
  return { words: isHeld ? `Goes out ${atTime(due, now)}` : "Waiting to go out", tone: "quiet" };
}

/** "at 8:00 AM" today, "Tue at 8:00 AM" on another day. */
export function atTime(instant: string, now: number): string {
  return isSameDay(instant, now) ? `at ${clock(instant)}` : `${dayWord(instant, now)} at ${clock(instant)}`;
}

/** "Tue", "yesterday", "Oct 3": inside a sentence. */
const dayWord = (instant: string, now: number) => when(instant, now).replace("Yesterday", "yesterday");

export interface Line extends Standing {
  delivery: Delivery;
}

const NAMES = { text: "Text", email: "E-mail" } as const;

/** What is said under a message: one line for each carrier, its newest try, and one for each reminder. */
export function lines({ deliveries, delivery, via }: Message, now: number): Line[] {
  const all = deliveries.length > 0 ? deliveries : delivery ? [delivery] : [];
  const tries = new Map<string, Delivery>();
  for (const each of all) if (each.purpose !== "reminder") tries.set(each.by, each);
  const hasSeveral = tries.size > 1;
  const ways = [...tries.values()].map((each) => {
    const said = standing(each, via, now);
    const words = hasSeveral ? `${NAMES[each.by]}: ${uncapitalized(said.words)}` : said.words;
    return { ...said, words, delivery: each };
  });
  return [...ways, ...all.filter((each) => each.purpose === "reminder").map((each) => reminder(each, now))];
}

function reminder(delivery: Delivery, now: number): Line {
  const { state, due_at: due, words: why } = delivery;
  if (state === "failed") return { words: `Reminder undelivered${why ? ` – ${why}` : ""}`, tone: "warn", delivery };
  if (state === "waiting") {
    return { words: due ? `Reminder goes out ${atTime(due, now)}` : "Reminder waits", tone: "quiet", delivery };
  }
  if (state === "cancelled") return { words: "Reminder taken back", tone: "quiet", delivery };
  return { words: `Reminded ${dayAndTime(delivery.at, now)}`, tone: "quiet", delivery };
}

/** "9:02 AM" today, "Tue 9:02 AM" before. */
function dayAndTime(instant: string, now: number): string {
  return isSameDay(instant, now) ? clock(instant) : `${dayWord(instant, now)} ${clock(instant)}`;
}

const uncapitalized = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/**
 * For this many milliseconds a message can be undone: while nothing has left the house for it, or, where it rides on a
 * notice that left before it was written, for the clinic's undo time, in seconds.
 */
export function undoLeft(message: Message, now: number, seconds: number): number {
  if (message.recalled) return 0;
  const rides = message.can_recall && hasLeft(message);
  const until = rides ? Date.parse(message.at) + seconds * 1000 : Date.parse(message.undo_until ?? "");
  return Math.max(0, until - now || 0);
}

/** Whether somebody may already have been told of a message: a text, then, has no message behind it. */
export function hasLeft({ deliveries }: Pick<Message, "deliveries">): boolean {
  return deliveries.some((each) => each.state !== "waiting" && each.state !== "cancelled");
}

const NOT_READ: Standing = { words: "Not read after 2 days", tone: "warn" };

/** The state word of a row: what became of our last message. Nothing while the patient had the last word. */
export function rowStanding(row: Row, now: number): Standing | null {
  if (row.trouble === "failed") return { words: "Undelivered", tone: "bad" };
  if (row.trouble === "uncertain") return { words: "Not known if it arrived", tone: "warn" };
  const { last } = row;
  if (last === null || last.from === "patient") return null;
  // What they have not read may stand above what they have.
  if (row.not_read_since) return NOT_READ;
  if (last.viewed_at) return viewed(last.viewed_at, last.viewed_by, now);
  if (last.delivery === "cancelled") return { words: "Taken back", tone: "quiet" };
  if (isNotice(last.via) && isOverdue(last.at, now, 2)) return NOT_READ;
  if (last.delivery === "delivered") return { words: "Delivered", tone: "quiet" };
  if (last.delivery === "sent") return { words: "Sent", tone: "quiet" };
  return last.delivery ? { words: last.delivery === "waiting" ? "Waiting" : "Sending", tone: "quiet" } : null;
}

/** "Viewed" is the patient's own view; another's says whose it was, and is nothing to be glad of yet. */
function viewed(at: string, by: string | null | undefined, now: number): Standing {
  const words = `Viewed ${dayWord(at, now)}`;
  return by ? { words: `${words} by ${by}`, tone: "quiet" } : { words, tone: "good" };
}
