/** Which place an address of ours means: `/inbox/{team}/{conversation}?view=`. Ids only, never a name. */

import type { View } from "../../realtime/client/wire.gen.ts";
import { base } from "./page.ts";
import { VIEWS } from "./state/inbox.ts";

export interface Place {
  team: string;
  view: View;
  conversation: string | null;
}

export function placeOf(path: string, search: string): Place {
  const [, team, conversation] = path.slice(base.length).split("/").filter(Boolean);
  const asked = new URLSearchParams(search).get("view") as View | null;
  const view = asked && VIEWS.includes(asked) ? asked : "needs_reply";
  return { team: team ?? "all", view, conversation: conversation ?? null };
}

export function addressOf({ team, view, conversation }: Place): string {
  const path = [`${base}/inbox`, team, ...(conversation ? [conversation] : [])].join("/");
  return view === "needs_reply" ? path : `${path}?view=${view}`;
}
