/** Which conversations stand in which list. */

import type { Row, View } from "../../../realtime/client/wire.gen.ts";

export const VIEWS: readonly View[] = [
  "needs_reply",
  "mine",
  "unassigned",
  "open",
  "waiting",
  "snoozed",
  "undelivered",
  "not_read",
  "tasks",
  "unread",
  "done",
];

/** The patient wrote, and I have not had it on my screen. A colleague's words are nothing I owe attention. */
export function isUnread(row: Row, seen: number | undefined): boolean {
  return row.state === "open" && row.last?.from === "patient" && row.last.number > (seen ?? 0);
}

/** Open, and not out of the way for now. */
const isUp = (row: Row) => row.state === "open" && !row.snoozed_until;
const needsReply = (row: Row) => isUp(row) && row.needs_reply_since !== null;

/** A list of which there is a number, or the questions that I may be expected to answer: nobody's and my own; or my own. */
export type Counted = View | "for_me" | "my_turn";
export const COUNTED: readonly Counted[] = [...VIEWS, "for_me", "my_turn"];

/** As the server chooses rows (`server/queries/inbox.py`) for this person. */
export function belongs(row: Row, view: Counted, seen: number | undefined, me: string): boolean {
  switch (view) {
    case "needs_reply":
      return needsReply(row);
    case "mine":
      return isUp(row) && row.assignee?.id === me;
    case "unassigned":
      return needsReply(row) && !row.assignee;
    case "for_me":
      return needsReply(row) && (!row.assignee || row.assignee.id === me);
    case "my_turn":
      return needsReply(row) && row.assignee?.id === me;
    case "open":
      return row.state === "open";
    case "waiting":
      return isUp(row) && row.needs_reply_since === null && row.last !== null;
    case "snoozed":
      return row.state === "open" && Boolean(row.snoozed_until);
    case "undelivered":
      return row.state === "open" && row.trouble !== null;
    case "not_read":
      return row.state === "open" && Boolean(row.not_read_since) && row.trouble === null;
    case "tasks":
      return row.tasks.length > 0;
    case "unread":
      return isUnread(row, seen);
    case "done":
      return row.state === "done";
  }
}
