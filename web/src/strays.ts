/** Texts of unknown senders: a person says whose they are. Nothing is ever sent to such a number from here. */

import { signal } from "@preact/signals";
import type { Message, Patient, Row, Stray } from "../../realtime/client/wire.gen.ts";
import type { NewPatient } from "./actions.ts";
import { attempt, takeRow } from "./answers.ts";
import { Refused } from "./http.ts";
import { goTo } from "./lists.ts";
import * as mine from "./mine.ts";
import * as reads from "./reads.ts";
import { covered, dialog, me, place, scopeOf, strays, straysLoading, toast } from "./store.ts";
import * as actions from "./stray-actions.ts";
import * as threads from "./threads.ts";
import type { Act } from "./words/tasks.ts";

/** How many senders wait in the teams that the chosen list shows. */
export function countHere(): number {
  const scope = scopeOf(place.value.team);
  return (me.value?.teams ?? []).reduce((sum, team) => sum + (scope.has(team.id) ? team.strays : 0), 0);
}

export async function show(): Promise<void> {
  // Leaving the conversation has made its own step in the history.
  const how = place.value.conversation ? "replace" : "push";
  threads.close();
  goTo({ ...place.value, strays: true }, how);
  strays.value = null;
  await load();
}

/** Why they did not load. */
export const refused = signal<Refused | null>(null);

/** A later question overtakes an earlier answer. */
let asked = 0;

export async function load(): Promise<void> {
  asked += 1;
  const ticket = asked;
  straysLoading.value = "loading";
  const found = await reads.strays(place.value.team).catch((error: unknown) => {
    refused.value = error instanceof Refused ? error : null;
    return null;
  });
  if (ticket !== asked) return;
  straysLoading.value = found ? "ready" : "failed";
  if (found) strays.value = found;
  look();
}

/** Ids of the texts whose words may be urgent. */
export const urgentOnes = (senders: readonly Stray[]): string[] =>
  senders.flatMap(({ texts }) => texts.filter(({ urgent }) => urgent?.length).map(({ id }) => id));

const seen = new Set<string>();

/** What may be urgent is on the screen: nobody else need be called to look at it. */
export function look(): void {
  if (!place.value.strays || covered.value || document.visibilityState !== "visible") return;
  const ids = urgentOnes(strays.value ?? []).filter((id) => !seen.has(id));
  if (ids.length === 0) return;
  for (const id of ids) seen.add(id);
  void actions.see(ids).catch(() => {
    for (const id of ids) seen.delete(id);
  });
}

let counting = false;

/** The wire said only that something changed in a team: counts and list are asked for, a burst once. */
export function changed(): void {
  if (counting) return;
  counting = true;
  setTimeout(() => {
    counting = false;
    void mine.refresh();
    if (place.value.strays) void load();
  }, 300);
}

/** Attaching and making a patient answer alike: the conversation that the texts are in now. */
async function settle(stray: Stray, act: Promise<Row>): Promise<void> {
  const row = await act;
  dialog.value = null;
  takeRow(row);
  changed();
  toast(`Now with ${row.patient.name}`, { undo: () => void detach(stray) });
  await threads.open(row.id);
}

/** What was given goes back to the unknown senders, and so does the screen. */
function detach(stray: Stray): Promise<boolean> {
  return attempt(async () => {
    await actions.detach(stray.id);
    await show();
  });
}

/** `proxy` acts for the patient and wrote it. */
export function attach(stray: Stray, patient: string, proxy: string | null = null): Promise<boolean> {
  return attempt(() => settle(stray, actions.attach(stray.id, patient, proxy)));
}

/** A message leaves its patient: for another one, or for the unknown senders. */
export function move(message: Message, patient: Patient | null): Promise<boolean> {
  return attempt(async () => {
    await actions.move(message.id, patient?.id ?? null);
    dialog.value = null;
    toast(`Moved to ${patient?.name ?? "Unknown senders"}`);
    changed();
    await threads.load();
  });
}

/** Whether texts to this phone stop or go on; before that, nothing else is done with what they wrote. */
export function decide(stray: Stray, { outcome, words }: Act): Promise<boolean> {
  return attempt(async () => {
    await actions.decide(stray.id, outcome);
    strays.value =
      strays.value?.map((each) => (each.id === stray.id ? { ...each, may_be_opt_out: false } : each)) ?? null;
    toast(`${words}: ${stray.sender_display}`);
    changed();
  });
}

/** Raises `Refused`: the form shows it beside its fields. */
export function addPatient(stray: Stray, names: NewPatient): Promise<void> {
  return settle(stray, actions.makePatient(stray.id, names));
}

export function setAside(stray: Stray): Promise<boolean> {
  return attempt(async () => {
    await actions.dismiss(stray.id);
    strays.value = strays.value?.filter((each) => each.id !== stray.id) ?? null;
    changed();
    toast("Set aside", { undo: () => void bringBack(stray) });
  });
}

function bringBack(stray: Stray): Promise<boolean> {
  return attempt(async () => {
    await actions.reopen(stray.id);
    changed();
  });
}
