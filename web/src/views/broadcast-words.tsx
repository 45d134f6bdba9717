/** The second step: the words in each language, by which way, and what the phone will show. */

import { useState } from "preact/hooks";
import type { Language, Way } from "../broadcasts.ts";
import { WAYS } from "../words/broadcasts.ts";
import { many } from "../words/counts.ts";
import { LANGUAGES } from "../words/languages.ts";
import { cost } from "../words/segments.ts";
import type { StepProps } from "./broadcast-assistant.tsx";
import { useFirstFocus } from "./focus.ts";

const CODES = Object.keys(LANGUAGES) as Language[];

export function BroadcastWords({ said, onSay, onBack, onNext }: StepProps) {
  const box = useFirstFocus<HTMLFormElement>("", "textarea");
  const [language, setLanguage] = useState<Language>("en");
  const body = said.bodies[language] ?? "";
  const isPlain = said.way === "sms";
  return (
    <form
      ref={box}
      class="broadcast-step"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <fieldset class="choices">
        <legend>How</legend>
        {(Object.keys(WAYS) as Way[]).map((way) => (
          <label key={way} class="check">
            <input type="radio" name="way" checked={said.way === way} onChange={() => onSay({ ...said, way })} />
            <span>
              {WAYS[way].name}
              <small>{WAYS[way].says}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        Words for patients who read
        <select value={language} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
          {CODES.map((code) => (
            <option key={code} value={code}>
              {LANGUAGES[code]}
              {said.bodies[code]?.trim() ? "" : code === "en" ? " (needed)" : " (they get English)"}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {isPlain ? "Plain text, not private" : "Private message"} in {LANGUAGES[language]}
        <textarea
          rows={5}
          dir="auto"
          lang={language}
          value={body}
          maxLength={isPlain ? 1000 : 5000}
          onInput={(event) => onSay({ ...said, bodies: { ...said.bodies, [language]: event.currentTarget.value } })}
        />
      </label>
      <Phone body={body} isPlain={isPlain} language={language} />
      <label class="check">
        <input
          type="checkbox"
          checked={said.news}
          onChange={(event) => onSay({ ...said, news: event.currentTarget.checked })}
        />
        <span>
          This is news of the clinic
          <small>
            Patients who want no news, or have had enough broadcasts this week, are left out. Untick it only for what
            they must know for their care.
          </small>
        </span>
      </label>
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
        <button type="submit" class="primary" disabled={!said.bodies.en?.trim()}>
          Next: check
        </button>
      </footer>
    </form>
  );
}

function Phone({ body, isPlain, language }: { body: string; isPlain: boolean; language: Language }) {
  const words = body.trim();
  const { segments } = cost(words);
  return (
    <figure class="shown">
      <figcaption>{isPlain ? "The phone will show" : "Behind the link they will read"}</figcaption>
      <p class="bubble-ahead" dir="auto" lang={language}>
        {words || <span class="muted">Your words, exactly as you write them.</span>}
      </p>
      {isPlain && words && <p class="muted small">{many(segments, "text segment")} to each</p>}
      {!isPlain && <p class="muted small">The text or e-mail itself has the clinic's name, one sentence and a link.</p>}
    </figure>
  );
}
