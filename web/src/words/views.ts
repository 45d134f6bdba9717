/** What the views of an inbox are called. */

import type { View } from "../../../realtime/client/wire.gen.ts";

export const VIEW_NAMES: Record<View, string> = {
  needs_reply: "Needs reply",
  mine: "Mine",
  unassigned: "Unassigned",
  open: "Open",
  waiting: "Waiting on patient",
  snoozed: "Snoozed",
  undelivered: "Undelivered",
  not_read: "Not read by patient",
  tasks: "To do",
  unread: "Unread",
  done: "Done",
};
