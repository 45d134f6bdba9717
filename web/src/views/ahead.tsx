/** What the patient's phone or mailbox will show, in the server's own words: nothing here words a notice. */

import { useEffect, useState } from "preact/hooks";
import type { Ahead, MailAhead, TextAhead } from "../../../realtime/client/wire.gen.ts";
import * as reads from "../reads.ts";
import { many } from "../words/counts.ts";
import { cost } from "../words/segments.ts";
import type { Choice } from "../words/ways.ts";

export interface Asked {
  ahead: Ahead | null;
  isFailed: boolean;
}

/** Asked for again when `moment` changes; what was there stays until the new one is here. */
export function useAhead(team: string, patient: string, moment: string, number?: string): Asked {
  const [asked, setAsked] = useState<Asked>({ ahead: null, isFailed: false });
  useEffect(() => {
    const mine = new AbortController();
    reads.ahead(team, patient, number, mine.signal).then(
      (ahead) => setAsked({ ahead, isFailed: false }),
      () => mine.signal.aborted || setAsked({ ahead: null, isFailed: true }),
    );
    return () => mine.abort();
  }, [team, patient, moment, number]);
  return asked;
}

interface ShownProps {
  asked: Asked;
  choice: Choice;
  /** The words of a plain text so far. */
  body: string;
}

export function Shown({ asked: { ahead, isFailed }, choice, body }: ShownProps) {
  if (choice === "sms") return <PlainText body={body} />;
  if (isFailed)
    return <p class="hint bad">This did not load. Close it and try again; your message goes all the same.</p>;
  if (!ahead) return <p class="muted">Loading what they will get…</p>;
  return (
    <>
      {choice !== "secure_email" && <Notice notice={ahead.secure_sms} />}
      {choice !== "secure_sms" && <Mail notice={ahead.secure_email} />}
      <p class="muted small">
        This link opens nothing: the real one is as long, and is made when you send. Messages within a minute share one
        notice.
      </p>
    </>
  );
}

function Notice({ notice }: { notice: TextAhead }) {
  return (
    <figure class="shown">
      <figcaption>The phone will show</figcaption>
      <p class="bubble-ahead" dir="auto">
        <WithLink words={notice.words} link={notice.link} />
      </p>
      <Meter segments={notice.segments} letters={[...notice.words].length} />
    </figure>
  );
}

/** The first lines, as mail programs show them: down to the link. */
function Mail({ notice }: { notice: MailAhead }) {
  const first = notice.words.slice(0, notice.words.indexOf(notice.link) + notice.link.length);
  return (
    <figure class="shown">
      <figcaption>The mailbox will show</figcaption>
      <div class="bubble-ahead" dir="auto">
        <strong>{notice.subject}</strong>
        <p>
          <WithLink words={first} link={notice.link} />
        </p>
      </div>
    </figure>
  );
}

function PlainText({ body }: { body: string }) {
  const words = body.trim();
  const { segments } = cost(words);
  return (
    <figure class="shown">
      <figcaption>The phone will show</figcaption>
      <p class="bubble-ahead" dir="auto">
        {words || <span class="muted">Your words, exactly as you write them, and nothing else.</span>}
      </p>
      {words && <Meter segments={segments} letters={[...words].length} />}
    </figure>
  );
}

/** Twenty-two letters that mean nothing are not read aloud. */
function WithLink({ words, link }: { words: string; link: string }) {
  const [before, after] = words.split(link);
  return (
    <>
      {before}
      <span class="link-ahead" aria-hidden="true">
        {link}
      </span>
      <span class="hidden">(a link)</span>
      {after}
    </>
  );
}

function Meter({ segments, letters }: { segments: number; letters: number }) {
  return (
    <small class="muted">
      {many(segments, "text message")} · {many(letters, "character")}
    </small>
  );
}
