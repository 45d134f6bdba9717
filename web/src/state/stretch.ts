/**
 * Which stretch of a conversation is held: all of a usual one, and of a very long one what is around its reader. The
 * newest message is known all the same, and who has viewed how far.
 */

import type { Message } from "../../../realtime/client/wire.gen.ts";
import type { ThreadState } from "./thread.ts";

/** The number of the newest message, 0 in an empty conversation. */
export const newest = (state: ThreadState): number => state.tip?.number ?? 0;

/** The number of the newest one that is loaded. */
export const end = ({ messages }: Pick<ThreadState, "messages">): number => messages.at(-1)?.number ?? 0;

export const isAtEnd = (state: ThreadState): boolean => end(state) >= newest(state);

/** So many messages are on a page. Numbers have no holes, so the page that ends so far below is the next one. */
const PAGE = 50;
export const nextBelow = (state: ThreadState): number => end(state) + PAGE + 1;

/** Whether this message is older than those loaded. */
export const isAbove = ({ before, messages }: ThreadState, number: number): boolean =>
  before !== null && number < (messages[0]?.number ?? 0);

/** Whether what stands at, or under, this message belongs to what is loaded; the rest comes with its page. */
export const isLoaded = (state: ThreadState, number: number): boolean =>
  !isAbove(state, number) && (number <= end(state) || isAtEnd(state));

/** The newest of these, as it became last. */
export function latest(messages: readonly (Message | null | undefined)[]): Message | null {
  const isLater = (one: Message, other: Message) =>
    one.number === other.number ? one.rev > other.rev : one.number > other.number;
  return messages.reduce<Message | null>((best, each) => (each && (!best || isLater(each, best)) ? each : best), null);
}

/** How far each reader is known to have viewed, with these messages after the loaded ones. */
export function lookedAhead(ahead: ThreadState["ahead"], messages: readonly Message[]): ThreadState["ahead"] {
  const found = new Map(ahead);
  for (const { number, receipts } of messages) {
    for (const each of receipts) found.set(readerOf(each), Math.max(found.get(readerOf(each)) ?? 0, number));
  }
  return found.size === 0 ? ahead : found;
}

/** So many messages of a conversation are held at most, and so many stay where the oldest are dropped. */
export const MOST = 500;
const KEPT = 400;

/**
 * A very long stretch without its oldest messages, or without its newest, and without what stands under them. Whoever
 * reads on at the bottom does not notice the former; whoever reads further up does not notice the latter.
 */
export function bounded(state: ThreadState, drop: "oldest" | "newest"): ThreadState {
  const { messages } = state;
  if (messages.length <= MOST) return state;
  const kept = drop === "oldest" ? messages.slice(-KEPT) : messages.slice(0, MOST);
  const [first, last] = [kept[0]?.number ?? 0, end({ messages: kept })];
  const stands = (number: number) => (drop === "oldest" ? number >= first : number <= last);
  return {
    ...state,
    messages: kept,
    notes: state.notes.filter((note) => stands(note.after)),
    events: state.events.filter((event) => stands(event.number)),
    before: drop === "oldest" ? first : state.before,
    ahead: lookedAhead(state.ahead, drop === "oldest" ? [] : messages.slice(MOST)),
  };
}

/** Whose eyes a receipt is of: a proxy's are their own. */
export const readerOf = (receipt: Message["receipts"][number]): string => receipt.proxy ?? receipt.patient;

/** Under which message each reader's avatar stands: the last one they have viewed, if it is loaded. */
export function viewedMarks({
  messages,
  ahead,
}: Pick<ThreadState, "messages" | "ahead">): ReadonlyMap<string, Message["receipts"]> {
  const last = new Map<string, { message: string; receipt: Message["receipts"][number] }>();
  for (const message of messages) {
    for (const receipt of message.receipts) last.set(readerOf(receipt), { message: message.id, receipt });
  }
  const marks = new Map<string, Message["receipts"]>();
  for (const [reader, { message, receipt }] of last) {
    if ((ahead.get(reader) ?? 0) > end({ messages })) continue;
    marks.set(message, [...(marks.get(message) ?? []), receipt]);
  }
  return marks;
}
