/** The notes of an open conversation as plain values. They never change, and are numbered without a gap. */

import type { Message, Note, WorkEvent } from "../../../realtime/client/wire.gen.ts";

export type Entry =
  | { message: Message; note?: undefined; event?: undefined }
  | { note: Note; message?: undefined; event?: undefined }
  | { event: WorkEvent; message?: undefined; note?: undefined };

/** Both lists without doubles, oldest first; the same list where nothing is new. */
export function merge(notes: readonly Note[], more: readonly Note[]): readonly Note[] {
  const known = new Set(notes.map((note) => note.id));
  const fresh = more.filter((note) => !known.has(note.id));
  return fresh.length === 0 ? notes : [...notes, ...fresh].sort((one, other) => one.number - other.number);
}

export function isGapless(notes: readonly Note[]): boolean {
  return notes.every((note, at) => at === 0 || note.number === (notes[at - 1]?.number ?? 0) + 1);
}

/** Messages, notes and what was done, as they came: notes and lines under the newest message of their time. */
export function inTurn(
  messages: readonly Message[],
  notes: readonly Note[],
  events: readonly WorkEvent[] = [],
): readonly Entry[] {
  const between = [
    ...notes.map((note) => ({ after: note.after, at: note.at, entry: { note } as Entry })),
    ...events.map((event) => ({ after: event.number, at: event.at, entry: { event } as Entry })),
  ].sort((one, other) => one.after - other.after || Date.parse(one.at) - Date.parse(other.at));
  const found: Entry[] = [];
  let at = 0;
  const upTo = (number: number) => {
    for (let next = between[at]; next && next.after < number; next = between[at]) {
      found.push(next.entry);
      at += 1;
    }
  };
  for (const message of messages) {
    upTo(message.number);
    found.push({ message });
  }
  upTo(Number.POSITIVE_INFINITY);
  return found;
}

const what = (entry: Entry) => entry.message ?? entry.note ?? entry.event;

/** When it was written or done. */
export const momentOf = (entry: Entry): string => what(entry).at;

export const idOf = (entry: Entry): string => what(entry).id;
