/** The wire on this screen: facts go into the lists, signals into presence, states to the header. */

import { batch } from "@preact/signals";
import type { LiveState } from "../../realtime/client/live.ts";
import type { Signal, StaffFact } from "../../realtime/client/wire.gen.ts";
import { announce, announceFact, announceFailures, announceNotes, announceTasks } from "./announce.ts";
import * as bell from "./bell.ts";
import * as broadcasts from "./broadcasts-heard.ts";
import { serverNow } from "./clock.ts";
import * as directory from "./directory-place.ts";
import * as drafts from "./drafts.ts";
import * as groups from "./groups.ts";
import * as hours from "./hours.ts";
import { hear } from "./imports-heard.ts";
import * as jobs from "./jobs-heard.ts";
import * as lists from "./lists.ts";
import * as lock from "./lock.ts";
import * as mentions from "./mentions.ts";
import * as mine from "./mine.ts";
import * as notes from "./notes.ts";
import * as outages from "./outages.ts";
import * as outgoing from "./outgoing.ts";
import { boardPart } from "./parts.ts";
import { hear as hearOfPatient } from "./patient-heard.ts";
import * as people from "./people-heard.ts";
import * as replies from "./replies.ts";
import { inSlices } from "./slices.ts";
import * as inboxState from "./state/inbox.ts";
import * as presenceState from "./state/presence.ts";
import {
  asOf,
  connection,
  covered,
  held,
  inbox,
  me,
  place,
  presence,
  signedOut,
  teamOf,
  thread,
  updateReady,
} from "./store.ts";
import * as strays from "./strays.ts";
import * as threads from "./threads.ts";
import * as urgent from "./urgent.ts";
import * as wire from "./wire.ts";
import * as work from "./work.ts";

const ACCESS_LOST = 4503;
const SIGNED_OUT = 4501;
const LOCKED = 4506;

/** From now on this screen follows what happens. */
export function begin(): void {
  wire.listen({ facts: inSlices(take), afresh: () => void askAll(), state: showState, signal: heed });
}

function take(facts: StaffFact[]): void {
  const before = thread.value?.row;
  batch(() => {
    if (inbox.value) inbox.value = inboxState.apply(inbox.value, facts, held.value);
    threads.follow(facts);
    for (const fact of facts) follow(fact);
  });
  if (before && thread.value?.row.id === before.id) announceTasks(before.tasks, thread.value.row.tasks);
  if (inbox.value?.countsInDoubt) lists.recountSoon();
  if (thread.value?.hasGap) void threads.load();
  if (thread.value?.patientIsStale) void threads.refreshPatient();
}

/** What a fact does beside the lists. */
function follow(fact: StaffFact): void {
  hearOfPatient(fact);
  switch (fact.kind) {
    case "membership.began":
    case "membership.ended":
      return followMembership(fact);
    case "strays.changed":
      if (fact.urgent) void urgent.heardOfStrays(fact.team);
      return strays.changed();
    case "on_call.paged":
      return urgent.paged(fact);
    case "alerts.changed":
      return void boardPart.load().then(() => boardPart.here.value?.look());
    case "hours.changed":
      return hours.changed(fact.team);
    case "conversation.changed":
      return work.heard(fact);
    case "conversation.left":
    case "conversation.removed":
      return threads.removed(fact.conversation);
    case "replies.changed":
      return replies.changed();
    case "sending.changed":
      return void outages.refresh();
    case "mentions.seen":
    case "tags.changed":
    case "plan.changed":
    case "organization.changed":
    case "numbers.changed":
    case "views.changed":
      return void mine.refresh();
    case "groups.changed":
      return groups.changed();
    case "patient_tags.changed":
      return directory.hearTags();
    case "entry.changed":
      return directory.hear(fact.patient);
    case "imports.changed":
      directory.hear(null);
      jobs.hearOfImport();
      return hear(fact.run);
    case "people.changed":
      return people.hear(fact);
    case "broadcasts.changed":
      jobs.hearOfBroadcast();
      return broadcasts.hear();
    case "draft.changed":
      return void drafts.hear(fact);
    case "note.mentioned":
      return void mentions.hear(fact);
    case "note.written":
      for (const note of fact.notes) notes.heard(note.key);
      return announceNotes(fact.notes);
    case "message.viewed":
      return broadcasts.hear();
    case "delivery.changed":
      broadcasts.hear();
      return announceFailures(fact.row, fact.messages);
    case "message.posted":
      return posted(fact);
  }
}

function posted(fact: Extract<StaffFact, { kind: "message.posted" }>): void {
  broadcasts.hear();
  for (const message of fact.messages) {
    outgoing.heard(message.key);
    presence.value = presenceState.stopTyping(presence.value, message.conversation, message.from.id);
  }
  announceFact(fact);
  if (!urgent.heard(fact)) ringFor(fact);
}

/** Observers are not called: nobody waits for them. */
function ringFor({ row, messages }: Extract<StaffFact, { kind: "message.posted" }>): void {
  const team = teamOf(row.team);
  if (!team?.is_member || !messages.some((message) => message.from.kind === "patient")) return;
  void bell.ring(covered.value ? "New message" : `New message in ${team.name}`, row.assignee?.id === me.value?.user.id);
}

function followMembership({ team, user }: { team: string; user: string }): void {
  mentions.forget(team);
  if (user === me.value?.user.id) void askAll();
}

/** The server cannot continue from our position: everything shown is fetched again, in place. */
export async function afresh(): Promise<void> {
  threads.forget();
  await Promise.all([lists.load(true), threads.load(true)]);
  await askUncounted();
}

/**
 * What the wire names without showing it: unknown senders, and how the ways out do. The list says where the wire goes
 * on; an answer from before it would miss whatever happened between the two, so this is asked after it.
 */
export async function askUncounted(): Promise<void> {
  const known = hours.refresh();
  replies.changed();
  groups.changed();
  directory.hearTags();
  jobs.askAgain();
  await Promise.all([mine.refresh(), ...(place.value.strays ? [strays.load()] : [])]);
  // Who is on call stands beside the hours.
  void known.then(() => urgent.waiting(me.value?.teams ?? []));
}

/** Which teams are mine may be what changed, so that is asked first. */
async function askAll(): Promise<void> {
  const before = me.value?.teams ?? [];
  await mine.refresh();
  for (const { id, name } of before) if (!teamOf(id)) announce(`You no longer have access to ${name}`);
  const { team } = place.value;
  if (team !== "all" && !teamOf(team)) lists.goTo({ ...place.value, team: "all" }, "replace");
  await afresh();
}

function heed(frame: Signal): void {
  if (frame.who.kind === "staff" && frame.who.id === me.value?.user.id) return;
  // Whoever comes later must learn that we are here as well.
  const isNew = !presence.value.get(frame.conversation)?.some((mark) => mark.who.id === frame.who.id);
  if (frame.kind === "viewing" && isNew && frame.conversation === place.value.conversation) {
    wire.signal("viewing", frame.conversation);
  }
  presence.value = presenceState.apply(presence.value, frame, Date.now());
}

function showState(state: LiveState): void {
  if (connection.value.name === "live" && state.name !== "live") asOf.value = serverNow();
  connection.value = state;
  if (state.name === "live") {
    outgoing.nudge();
    notes.nudge();
    void drafts.flush();
    if (place.value.conversation) wire.signal("viewing", place.value.conversation);
  }
  if (state.name === "ended") ended(state.code);
}

function ended(code: number): void {
  threads.forget();
  if (code === SIGNED_OUT) signedOut.value = true;
  else if (code === LOCKED) lock.heard();
  else if (code === ACCESS_LOST) void askAll();
  else offerReload();
}

/** Another build has answered. While old and new servers stand side by side, pages that reload by themselves never end. */
export function offerUpdate(): void {
  updateReady.value = true;
}

/** A new version or a frame that must not be repeated: a reload helps, at once only if nothing can be lost by it. */
function offerReload(): void {
  if (drafts.hasUnsentWords.value || document.visibilityState === "visible") updateReady.value = true;
  else location.reload();
}
