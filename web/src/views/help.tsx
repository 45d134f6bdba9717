/** Help for the screen that is open, beside the help for the others; and help inside of a dialog. */

import { useState } from "preact/hooks";
import { directory } from "../directory-place.ts";
import { dialog, me, place, thread } from "../store.ts";
import { isTopic, type TopicName, topic, topicNames } from "../words/help.ts";
import { Icon } from "./icon.tsx";

/** Which screen this is, under any dialog. */
export function topicHere(): TopicName {
  if (directory.value) return "directory";
  if (thread.value) return "conversation";
  return place.value.strays ? "strays" : "inbox";
}

/** Words between stars are names of things on the screen. */
function Line({ words }: { words: string }) {
  return <>{words.split("*").map((piece, at) => (at % 2 ? <strong key={piece}>{piece}</strong> : piece))}</>;
}

function Lines({ name }: { name: TopicName }) {
  return (
    <ul>
      {topic(name).lines.map((each) => (
        <li key={each}>
          <Line words={each} />
        </li>
      ))}
    </ul>
  );
}

export function Help() {
  const [here] = useState(topicHere);
  return (
    <section class="help">
      <h3>{topic(here).title}</h3>
      <Lines name={here} />
      <details>
        <summary>Help for the other screens</summary>
        {topicNames.map((name) =>
          name === here ? null : (
            <details key={name}>
              <summary>{topic(name).title}</summary>
              <Lines name={name} />
            </details>
          ),
        )}
      </details>
      <p>
        {me.value?.user.role === "admin" ? (
          <button type="button" onClick={() => (dialog.value = { name: "letters" })}>
            <Icon name="mail" /> Write to BloomText
          </button>
        ) : (
          "With another question, ask an admin of your clinic: they can write to the people who run BloomText."
        )}{" "}
        <span class="muted small">Version {me.value?.build}</span>
      </p>
    </section>
  );
}

/** In the head of a dialog that has help. */
export function DialogHelp() {
  const name = dialog.value?.name ?? "";
  const [isOpen, setOpen] = useState(false);
  if (!isTopic(name)) return null;
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={`Help: ${topic(name).title}`}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">?</span>
      </button>
      {isOpen && (
        <section class="help help-here">
          <Lines name={name} />
        </section>
      )}
    </>
  );
}
