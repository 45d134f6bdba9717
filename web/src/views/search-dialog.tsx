/** One field that finds patients, and the words of messages and notes. */

import { useEffect, useState } from "preact/hooks";
import type { Found, Hit, Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as reads from "../reads.ts";
import * as desk from "../search.ts";
import { connection, place, teamOf, titleOf } from "../store.ts";
import { many } from "../words/counts.ts";
import { when } from "../words/time.ts";
import { Avatar } from "./avatar.tsx";
import { Combobox, type Option, type Section } from "./combobox.tsx";
import { marksOf } from "./find-patient.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

const LEAST = 2;
const OFF = "You are offline. Search works again as soon as you are online; what you typed stays.";

export function SearchDialog({ text: begun, onClose }: { text: string; onClose: () => void }) {
  const [text, setText] = useState(begun);
  const typed = text.trim();
  const isOff = connection.value.name === "offline";
  const { found, isStale, refused, more } = useSearch(typed, isOff);
  const leave = (act: () => void) => () => {
    desk.remember(typed);
    act();
  };
  const sections = found && typed.length >= LEAST ? sectionsOf(found, leave, more) : [recentOnes(setText)];
  const words = (isOff ? OFF : refused) ?? (found && typed.length >= LEAST ? inWords(found) : "");
  return (
    <Modal title="Search" onClose={onClose} wide>
      <Combobox
        label="Search patients and messages"
        text={text}
        onText={setText}
        sections={sections}
        status={words}
        isStale={isStale}
        off={isOff ? OFF : null}
      >
        <Scope />
        {refused && !isOff && (
          <p class="hint bad" role="alert">
            {refused}
          </p>
        )}
        {!refused && !isOff && found && typed.length >= LEAST && isEmpty(found) && <Nothing typed={typed} />}
      </Combobox>
    </Modal>
  );
}

/** Only the inbox that is shown, where one is. */
function Scope() {
  const { team } = place.value;
  if (team === "all") return null;
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={desk.isHereOnly.value}
        onChange={(event) => {
          desk.isHereOnly.value = event.currentTarget.checked;
        }}
      />
      Messages of {titleOf(team)} only
    </label>
  );
}

function Nothing({ typed }: { typed: string }) {
  return (
    <p class="hint">
      Nothing found for “{typed}”. Messages and notes are found by whole words, patients by name, phone, e-mail, MRN or
      date of birth.
    </p>
  );
}

const isEmpty = (found: Found) => found.patients.length + found.hits.length === 0;

function inWords({ patients, hits, next }: Found): string {
  if (patients.length + hits.length === 0) return "Nothing found";
  const said = `${many(hits.length, "message or note", "messages and notes")}${next ? ", and more" : ""}`;
  return `${many(patients.length, "patient")}, ${said}`;
}

function recentOnes(choose: (text: string) => void): Section {
  const options = desk.recent.value.map((each, at) => ({
    key: `recent-${at}`,
    act: () => choose(each),
    view: (
      <>
        <Icon name="clock" /> <span class="grow">{each}</span>
      </>
    ),
  }));
  return { title: "Recent searches", options };
}

function sectionsOf({ patients, hits, next }: Found, leave: (act: () => void) => () => void, more: () => void) {
  const toOption = (hit: Hit): Option => ({
    key: hit.id,
    act: leave(() => void desk.open(hit)),
    view: <HitView hit={hit} />,
  });
  const ofPatient = (patient: Patient): Option => ({
    key: patient.id,
    act: leave(() => desk.openPatient(patient)),
    view: <PatientView patient={patient} />,
  });
  const older: Option = { key: "more", act: more, view: <span class="grow">Show older ones</span> };
  const sections: Section[] = [
    { title: "Patients", options: patients.map(ofPatient) },
    { title: "Messages", options: hits.filter((hit) => hit.kind === "message").map(toOption) },
    { title: "Notes", options: hits.filter((hit) => hit.kind === "note").map(toOption) },
    { title: "More", options: next ? [older] : [] },
  ];
  return sections;
}

function HitView({ hit }: { hit: Hit }) {
  return (
    <>
      <Icon name={hit.kind === "note" ? "note" : "chat"} />
      <span class="grow">
        {hit.patient.name}
        <small>
          {hit.by} · {teamOf(hit.team)?.name} · {when(hit.at, clock.now.value)}
        </small>
        <span class="snippet" dir="auto">
          {hit.snippet.map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : piece.text))}
        </span>
      </span>
    </>
  );
}

function PatientView({ patient }: { patient: Patient }) {
  return (
    <>
      <Avatar id={patient.id} initials={patient.initials} />
      <span class="grow">
        {patient.name}
        <small>{marksOf(patient)}</small>
      </span>
      {patient.conversations.length > 0 && <span class="tag">has a conversation</span>}
    </>
  );
}

interface Asked {
  text: string;
  team: string | null;
}

interface Answer extends Asked {
  found: Found;
}

/** Asked 200 ms after the last key; the old answer stays until the new one is here. */
function useSearch(text: string, isOff: boolean) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const team = desk.scope();
  const isShort = text.length < LEAST;
  useEffect(() => {
    if (isShort) return setAnswer(null);
    if (isOff) return;
    const asked = new AbortController();
    const ask = async () => {
      try {
        const found = await reads.search(text, team, null, asked.signal);
        if (asked.signal.aborted) return;
        setAnswer({ text, team, found });
        setRefused(null);
      } catch (error) {
        if (!asked.signal.aborted) setRefused(whyNot(error));
      }
    };
    const timer = setTimeout(() => void ask(), 200);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [text, team, isOff]);
  const more = async () => {
    if (!answer?.found.next) return;
    try {
      const page = await reads.search(answer.text, answer.team, answer.found.next);
      // Another answer came meanwhile: this page is not of it.
      setAnswer((now) => (now === answer ? { ...answer, found: withPage(answer.found, page) } : now));
    } catch (error) {
      setRefused(whyNot(error));
    }
  };
  const isStale = !isShort && (answer?.text !== text || answer.team !== team);
  return { found: answer?.found ?? null, isStale, refused, more: () => void more() };
}

const withPage = (found: Found, page: Found): Found => ({
  patients: found.patients,
  hits: [...found.hits, ...page.hits],
  next: page.next,
});

function whyNot(error: unknown): string {
  const isTooOften = error instanceof Refused && error.code === "too_many";
  if (isTooOften) return "That were many searches. Wait a minute, then go on.";
  return "Search is not available. Try again in a moment.";
}
