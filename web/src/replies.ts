/** The clinic's saved replies: asked for when somebody begins to write, once. */

import { signal } from "@preact/signals";
import type { SavedReply } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt } from "./answers.ts";
import * as reads from "./reads.ts";
import type { ThreadState } from "./state/thread.ts";
import { dialog, me, toast } from "./store.ts";
import { mayManage } from "./tags.ts";
import { phone } from "./words/phone.ts";
import { matching, type Offer, offer, ofTeam, privateIn, type Values } from "./words/replies.ts";

/** Null until they are here. */
export const replies = signal<readonly SavedReply[] | null>(null);
let asked: Promise<void> | null = null;

export function need(): Promise<void> {
  asked ??= load();
  return asked;
}

/** The wire said so, or could not say what happened in between. */
export function changed(): void {
  if (asked) asked = load();
}

async function load(): Promise<void> {
  const found = await reads.replies().catch(() => null);
  if (found) replies.value = found;
  else asked = null;
}

function values({ patient }: ThreadState): Values {
  const clinic = me.value?.organization;
  return {
    "patient first name": patient.first_name,
    "my name": me.value?.user.name ?? "",
    "clinic name": clinic?.name ?? "",
    "clinic phone": phone(clinic?.phone ?? ""),
  };
}

/** What can be put in here, for what was typed after ";". */
export function offered(open: ThreadState, typed: string): Offer[] {
  const here = matching(ofTeam(replies.value ?? [], open.row.team), typed);
  return here.map((each) => offer(each, open.patient.language, values(open)));
}

/** The private reply that somebody is about to send as a plain text. */
export function privateReply(open: ThreadState, body: string): SavedReply | null {
  return privateIn(body, ofTeam(replies.value ?? [], open.row.team), values(open));
}

/** Whether there are any for this team; where there are none, says so. */
export async function haveSome(team: string): Promise<boolean> {
  await need();
  if (replies.value === null) toast("The saved replies did not load. Try again", { isError: true });
  else if (ofTeam(replies.value, team).length > 0) return true;
  else if (mayManage()) dialog.value = { name: "replies" };
  else toast("Your clinic has no saved replies yet. A supervisor can add some");
  return false;
}

/** Raises `Refused`: the form shows it beside its fields. Null: a new one. */
export async function save(id: string | null, said: actions.Reply): Promise<void> {
  await (id === null ? actions.createReply(said) : actions.changeReply(id, said));
  await again();
}

export function retire(reply: SavedReply): Promise<boolean> {
  return attempt(async () => {
    await actions.retireReply(reply.id);
    await again();
  });
}

function again(): Promise<void> {
  asked = load();
  return asked;
}
