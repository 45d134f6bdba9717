/** Who is looking at or writing in which conversation. Volatile: marks fade by themselves. */

import type { Signal, Who } from "../../../realtime/client/wire.gen.ts";

export interface Mark {
  who: Who;
  kind: "typing" | "viewing";
  /** Milliseconds since 1970. */
  until: number;
  isViewing: boolean;
}

export type Presence = ReadonlyMap<string, readonly Mark[]>;

const TYPING_LASTS = 6_000;
const VIEWING_LASTS = 45_000;

/** A patient's page is not told ids; names do for telling marks apart. */
export const idOf = (who: Who): string => who.id ?? who.name;

/** Who supervises a team takes no part in it, and its members know who merely looks on. */
export const looks = (who: Who): string => (who.observes ? "observing" : "viewing");

export function apply(presence: Presence, heard: Signal, now: number): Presence {
  const marks = presence.get(heard.conversation) ?? [];
  const mine = marks.find((mark) => idOf(mark.who) === idOf(heard.who));
  const others = marks.filter((mark) => mark !== mine);
  const next = heard.kind === "gone" ? others : [...others, mark(heard, now, mine)];
  return new Map(presence).set(heard.conversation, next);
}

function mark(heard: Signal, now: number, before: Mark | undefined): Mark {
  const isTyping = heard.kind === "typing" || (before?.kind === "typing" && before.until > now);
  const isViewing = heard.kind === "viewing" || before?.isViewing === true;
  if (heard.kind === "viewing" && isTyping && before) return { ...before, isViewing };
  const until = now + (isTyping ? TYPING_LASTS : VIEWING_LASTS);
  return { who: heard.who, kind: isTyping ? "typing" : "viewing", until, isViewing };
}

/** Drops what has faded; who stops writing is still looking. The same value if nothing changed. */
export function sweep(presence: Presence, now: number): Presence {
  if (![...presence.values()].some((marks) => marks.some((each) => each.until <= now))) return presence;
  const swept = new Map<string, readonly Mark[]>();
  for (const [conversation, marks] of presence) {
    const left = marks.flatMap((each) => faded(each, now));
    if (left.length > 0) swept.set(conversation, left);
  }
  return swept;
}

function faded(mark: Mark, now: number): Mark[] {
  if (mark.until > now) return [mark];
  const looks = mark.kind === "typing" && mark.isViewing;
  return looks ? [{ ...mark, kind: "viewing", until: now + VIEWING_LASTS - TYPING_LASTS }] : [];
}

/** A message from somebody ends their writing, though they may go on looking. */
export function stopTyping(presence: Presence, conversation: string, who: string): Presence {
  const marks = presence.get(conversation);
  if (!marks?.some((each) => idOf(each.who) === who && each.kind === "typing")) return presence;
  const left = marks.flatMap((each) => (idOf(each.who) === who ? faded({ ...each, until: 0 }, each.until) : [each]));
  return new Map(presence).set(conversation, left);
}
