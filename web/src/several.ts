/** Several conversations at once: which of the list are chosen, and one act for all of them. */

import { computed } from "@preact/signals";
import type { Colleague, Row, Tag } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { excuse, takeRows } from "./answers.ts";
import { Refused } from "./http.ts";
import { type Reversal, reversals } from "./state/reversals.ts";
import { dialog, inbox, me, members, place, selected, teamOf, toast } from "./store.ts";
import * as tagging from "./tags.ts";
import { focusRow } from "./views/windowed.tsx";
import { type Left, summary } from "./words/several.ts";
import { untilWhen } from "./words/zones.ts";
import * as work from "./work.ts";

const AT_ONCE = 100;

/** The chosen conversations that stand in the list, in its order. */
export const chosen = computed<readonly Row[]>(() => {
  const list = inbox.value;
  if (!list || selected.value.size === 0) return [];
  return list.order.flatMap((id) => (selected.value.has(id) ? (list.rows.get(id) ?? []) : []));
});

/** What a team only observes, nobody of us acts on. */
export const mayChoose = ({ team }: Row): boolean => teamOf(team)?.is_member !== false;

/**
 * Whether keys mean the chosen ones: while the person is at the list. With a conversation open and the focus in it, they
 * mean that.
 */
export function isMeant(): boolean {
  const isAtList = place.value.conversation === null || document.activeElement?.closest(".list") !== null;
  return isAtList && chosen.value.length > 0;
}

const from = (ids: readonly string[]) =>
  ids.filter((id) => {
    const row = inbox.value?.rows.get(id);
    return row !== undefined && mayChoose(row);
  });

let last: string | null = null;

export function toggle(id: string): void {
  const now = new Set(selected.value);
  if (!now.delete(id)) for (const each of from([id])) now.add(each);
  last = id;
  selected.value = now;
}

/** Adds everything between two rows, both of them too. */
export function extend(one: string, other: string): void {
  const order = inbox.value?.order ?? [];
  const [start = 0, end = 0] = [order.indexOf(one), order.indexOf(other)].sort((a, b) => a - b);
  if (start === -1) return;
  last = other;
  selected.value = new Set([...selected.value, ...from(order.slice(start, end + 1))]);
}

/** A press with Shift: everything from the row that was chosen before. */
export const extendTo = (id: string): void => extend(last ?? id, id);

export function clear(): void {
  last = null;
  if (selected.value.size > 0) selected.value = new Set();
}

/** Does it with all of them. What was refused stays chosen, and it is said which and why. Whether nothing was. */
async function perform(act: actions.Act, did: string): Promise<boolean> {
  const before = chosen.value;
  const at = inbox.value?.order.indexOf(before[0]?.id ?? "") ?? 0;
  const outcomes = await actOn(before, act);
  if (!outcomes) return false;
  goOn(at);
  const isDone = new Set(outcomes.flatMap(({ row }) => row?.id ?? []));
  const back = reversals(
    act,
    before.filter(({ id }) => isDone.has(id)),
  );
  const undo = back.length > 0 ? { undo: () => void undoAll(before, back) } : {};
  return say(before, outcomes, did, undo);
}

async function undoAll(before: readonly Row[], back: readonly Reversal[]): Promise<void> {
  const outcomes: actions.Outcome[] = [];
  for (const { ids, act } of back) {
    const some = await actOn(
      before.filter(({ id }) => ids.includes(id)),
      act,
    );
    if (!some) return;
    outcomes.push(...some);
  }
  say(before, outcomes, "as before");
}

/** What became of each; null where nobody knows how far it came. */
async function actOn(rows: readonly Row[], act: actions.Act): Promise<actions.Outcome[] | null> {
  const ids = rows.map((row) => row.id);
  const outcomes: actions.Outcome[] = [];
  try {
    while (outcomes.length < ids.length) {
      const some = ids.slice(outcomes.length, outcomes.length + AT_ONCE);
      outcomes.push(...(await actions.actOnSeveral(some, act)).outcomes);
    }
  } catch (error) {
    take(outcomes);
    fail(error);
    return null;
  }
  take(outcomes);
  return outcomes;
}

function say(
  rows: readonly Row[],
  outcomes: readonly actions.Outcome[],
  did: string,
  more: { undo?: () => void } = {},
): boolean {
  const names = new Map(rows.map((row) => [row.id, row.patient.name]));
  const left = outcomes.flatMap(({ id, refused }): Left[] =>
    refused ? [{ ...refused, patient: names.get(id) ?? "" }] : [],
  );
  toast(summary(did, outcomes.length - left.length, left), { isError: left.length > 0, ...more });
  return left.length === 0;
}

function take(outcomes: readonly actions.Outcome[]): void {
  const done = outcomes.flatMap(({ row }) => row ?? []);
  takeRows(done);
  const now = new Set(selected.value);
  for (const { id } of done) now.delete(id);
  selected.value = now;
}

/** The bar in which the focus was may be gone: it goes to the row that now stands where the first of them was. */
function goOn(at: number): void {
  requestAnimationFrame(() => {
    const order = inbox.value?.order ?? [];
    const id = order[Math.min(at, order.length - 1)];
    if (id && document.activeElement === document.body) focusRow(id);
  });
}

/** Nobody knows how far it came. What is done is done, and doing it again changes nothing. */
function fail(error: unknown): void {
  if (!(error instanceof Refused && error.isSilence)) return excuse(error);
  toast("We cannot say if all of them went through. They are still selected: try again", { isError: true });
}

/** Once it is known that all who are left wait for an answer, it is asked why nothing is left to do. */
export function markDone(): void {
  if (chosen.value.every((row) => row.needs_reply_since)) dialog.value = { name: "done", conversation: null };
  else void perform({ do: "done" }, "done");
}

export const finish = (reason: actions.Reason): Promise<boolean> => perform({ do: "done", ...reason }, "done");

export function askSnooze(): void {
  dialog.value = { name: "snooze", conversation: null };
}

/** `at` in milliseconds since 1970. */
export async function snooze(at: number, forReply = false): Promise<void> {
  const words = untilWhen(at, me.value?.organization.zone ?? "UTC", forReply);
  const until = new Date(at).toISOString();
  await perform({ do: "snooze", until, ...(forReply && { for_reply: true }) }, `snoozed until ${words}`);
}

/** Null: nobody's. */
export function assign(to: Colleague | null): Promise<boolean> {
  const whom = to === null ? "nobody" : to.id === me.value?.user.id ? "you" : to.name;
  return perform({ do: "assign", to: to?.id ?? null }, `assigned to ${whom}`);
}

/** What can be put on them, and what one of them has although that was retired. */
export const tags = (): readonly Tag[] => tagging.choices([...new Map(onThem().map((tag) => [tag.id, tag])).values()]);

const onThem = () => chosen.value.flatMap((row) => row.tags);

/** Whether the press takes it off: all of them have it, or it can be put on nothing more. */
export const isTagOff = (tag: Tag): boolean =>
  !me.value?.tags.some(({ id }) => id === tag.id) ||
  chosen.value.every((row) => row.tags.some(({ id }) => id === tag.id));

export function toggleTag(tag: Tag): Promise<boolean> {
  if (isTagOff(tag)) return perform({ do: "tag", tag: tag.id, on: false }, `without “${tag.name}” now`);
  return perform({ do: "tag", tag: tag.id }, `tagged “${tag.name}”`);
}

/** Whether all of them have priority: the same press then takes it off. */
export const arePriority = (): boolean => chosen.value.every((row) => row.priority);

export function togglePriority(): Promise<boolean> {
  const on = !arePriority();
  return perform({ do: "priority", on }, on ? "marked as priority" : "without priority now");
}

const teams = () => [...new Set(chosen.value.map((row) => row.team))];

/** Asked for anew whenever somebody wants to choose. */
export async function needPeople(): Promise<void> {
  await Promise.all(teams().map(work.needMembers));
}

/** Who is in every team that the chosen ones belong to. */
export function people(): readonly Colleague[] {
  const [first = [], ...others] = teams().map((team) => members.value.get(team) ?? []);
  return first.filter(({ id }) => others.every((team) => team.some((each) => each.id === id)));
}
