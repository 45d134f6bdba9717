/** Which place an address of ours means: `/inbox/{team}/{conversation}?view=` or `?strays`. Ids only, never a name. */

import type { View } from "../../realtime/client/wire.gen.ts";
import { base } from "./page.ts";
import { VIEWS } from "./state/inbox.ts";

export interface Place {
  team: string;
  view: View;
  conversation: string | null;
  /** The list shows unknown senders instead of conversations. */
  strays: boolean;
}

export function placeOf(path: string, search: string): Place {
  const [, team, conversation] = path.slice(base.length).split("/").filter(Boolean);
  const query = new URLSearchParams(search);
  const asked = query.get("view") as View | null;
  const view = asked && VIEWS.includes(asked) ? asked : "needs_reply";
  return { team: team ?? "all", view, conversation: conversation ?? null, strays: query.has("strays") };
}

export function addressOf({ team, view, conversation, strays }: Place): string {
  const path = [`${base}/inbox`, team, ...(conversation ? [conversation] : [])].join("/");
  if (strays) return `${path}?strays`;
  return view === "needs_reply" ? path : `${path}?view=${view}`;
}
