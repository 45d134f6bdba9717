/** Texts of unknown senders, a card for each. Nothing is sent to them before a person has said who they are. */

import type { Stray, Urgent } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { dialog, isCurrent, place, strays, straysLoading, teamOf, titleOf } from "../store.ts";
import * as desk from "../strays.ts";
import { phone } from "../words/phone.ts";
import { mayBeUrgent, TASKS } from "../words/tasks.ts";
import { late, sentence } from "../words/time.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { Text } from "./text.tsx";
import { Unloaded } from "./unloaded.tsx";

export function StraysPane() {
  const found = strays.value;
  return (
    <section class={`list ${isCurrent.value ? "" : "dimmed"}`} aria-label="Unknown senders">
      <header>
        <h1>Unknown senders</h1>
        <span class="muted">{titleOf(place.value.team)}</span>
      </header>
      {straysLoading.value === "failed" && (
        <Unloaded what="The list of unknown senders" refused={desk.refused.value} onAgain={() => void desk.load()} />
      )}
      {found?.length === 0 && <Empty />}
      <ul class="rows strays" aria-busy={found === null}>
        {found?.map((stray) => (
          <Card key={stray.id} stray={stray} />
        ))}
      </ul>
    </section>
  );
}

function Card({ stray }: { stray: Stray }) {
  const team = teamOf(stray.team);
  return (
    <li class="stray">
      <h2>
        <span class="grow">{stray.sender_display}</span>
        <small>to {team?.name ?? phone(stray.number)}</small>
      </h2>
      <ol>
        {stray.texts.map((text) => (
          <li key={text.id}>
            <div class="bubble">
              <Text body={text.body} />
            </div>
            {text.urgent && text.urgent.length > 0 && <MayBeUrgent about={text.urgent} />}
            <time class="muted" dateTime={text.at}>
              {text.sent_at ? late(text.sent_at, text.at, clock.now.value) : sentence(text.at, clock.now.value)}
            </time>
          </li>
        ))}
      </ol>
      <From stray={stray} />
      {stray.may_be_opt_out && team?.is_member === false && <p>This may be an opt-out.</p>}
      {team?.is_member === false ? (
        <p class="muted">You are observing. Members of {team.name} sort these.</p>
      ) : (
        <Acts stray={stray} />
      )}
    </li>
  );
}

/** Who acts for a patient and has this phone: theirs are no words of the patient's. */
function From({ stray }: { stray: Stray }) {
  if (stray.acting.length === 0) return null;
  const from = stray.sender.includes("@") ? "mailbox" : "phone";
  return (
    <p>
      From the {from} of {stray.acting.map((each) => each.name).join(" or ")}.
    </p>
  );
}

/** Only a person can tell whether these words ask for no more texts; what follows is for this phone alone. */
function MayBeOptOut({ stray }: { stray: Stray }) {
  return (
    <div class="stray-acts">
      <p class="may-be-urgent">
        <Icon name="alert" size={15} />
        <span>
          This may be an opt-out. Do they want no more texts?
          <small>It is about {stray.sender_display} only. Texts to the patient go on.</small>
        </span>
      </p>
      {TASKS.maybe_opt_out.acts.map((act) => (
        <button key={act.outcome} type="button" onClick={() => void desk.decide(stray, act)}>
          {act.words}
        </button>
      ))}
    </div>
  );
}

function MayBeUrgent({ about }: { about: readonly Urgent[] }) {
  return (
    <p class="may-be-urgent">
      <Icon name="alert" size={15} />
      <span>
        {mayBeUrgent(about)}
        <small>{TASKS.urgent.advice}</small>
      </span>
    </p>
  );
}

function Acts({ stray }: { stray: Stray }) {
  if (stray.may_be_opt_out) return <MayBeOptOut stray={stray} />;
  return (
    <div class="stray-acts">
      {stray.acting.map(({ proxy, name, patient }) => (
        <button
          key={proxy}
          type="button"
          class="candidate"
          aria-label={`It is ${name}, for ${patient.name}`}
          onClick={() => void desk.attach(stray, patient.id, proxy)}
        >
          It is {name}
        </button>
      ))}
      {stray.candidates.map((patient) => (
        <button
          key={patient.id}
          type="button"
          class="candidate"
          aria-label={`It is ${patient.name}`}
          onClick={() => void desk.attach(stray, patient.id)}
        >
          <Avatar id={patient.id} initials={patient.initials} size="small" /> It is {patient.name}
        </button>
      ))}
      <button type="button" onClick={() => (dialog.value = { name: "stray", stray, step: "attach" })}>
        <Icon name="search" />{" "}
        {stray.candidates.length + stray.acting.length > 0 ? "Another patient" : "Find the patient"}
      </button>
      <button type="button" onClick={() => (dialog.value = { name: "stray", stray, step: "add" })}>
        <Icon name="plus" /> New patient
      </button>
      <button type="button" class="quiet" onClick={() => void desk.setAside(stray)}>
        Set aside
      </button>
    </div>
  );
}

function Empty() {
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name="check" size={28} />
      </span>
      <p>Every text has its patient.</p>
    </div>
  );
}
