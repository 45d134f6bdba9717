/** Whose work a conversation is. */

import type { Colleague, StaffConversationChanged } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, known, takeRow } from "./answers.ts";
import * as reads from "./reads.ts";
import { me, members, toast } from "./store.ts";

/** Asked for anew whenever somebody wants to choose: people come and go. */
export async function needMembers(team: string): Promise<void> {
  const found = await reads.members(team).catch(() => null);
  if (found) members.value = new Map(members.value).set(team, found);
}

const isMe = (colleague: Colleague | null | undefined) => colleague?.id === me.value?.user.id;

/** Null: it is nobody's. */
export function assign(id: string, to: Colleague | null): Promise<boolean> {
  return attempt(async () => {
    const before = known(id)?.assignee ?? null;
    takeRow(await actions.assign(id, to?.id ?? null));
    const words = to ? `Assigned to ${isMe(to) ? "you" : to.name}` : "Assigned to nobody";
    toast(words, { undo: () => void assign(id, before) });
  });
}

/** A colleague made it my work: I am told wherever I am, with a way to it. */
export function heard({ row, events = [] }: StaffConversationChanged): void {
  const mine = events.find((event) => event.kind === "assigned" && isMe(event.to) && !isMe(event.by));
  if (mine) toast(`${mine.by?.name ?? "Somebody"} assigned ${row.patient.name} to you`, { open: row.id });
}
