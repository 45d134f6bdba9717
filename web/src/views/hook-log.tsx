/** What one address was told, and what it answered; each of it, or all of some time, can be told again. */

import { useEffect, useState } from "preact/hooks";
import type { Telling } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../programs.ts";
import { kindOf, toldOf } from "../words/programs.ts";
import { sentence } from "../words/time.ts";
import { useActs } from "./acts.tsx";

const DAY = 86_400_000;
const SINCE = { 1: "the last day", 7: "the last week", 14: "the last two weeks" } as const;

export function HookLog({ hook, onBack }: { hook: string; onBack: () => void }) {
  const acts = useActs();
  const [all, setAll] = useState<readonly Telling[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [days, setDays] = useState(1);
  const show = async (before: string | null) => {
    const page = await desk.log(hook, before);
    setAll(before ? [...(all ?? []), ...page.tellings] : page.tellings);
    setNext(page.next);
  };
  useEffect(() => void acts.run(() => show(null)), []);
  const since = () => new Date(clock.now.value - days * DAY).toISOString();
  return (
    <>
      {acts.said}
      {all?.length === 0 && <p class="muted">Nothing yet.</p>}
      <ul class="persons">
        {all?.map((each) => (
          <li key={each.id}>
            <span class="grow">
              <strong>{kindOf(each.kind)}</strong>
              <small class="muted">{sentence(each.at, clock.now.value)}</small>
              <small class={each.state === "failed" ? "nobody" : "muted"}>{toldOf(each)}</small>
            </span>
            <button
              type="button"
              class="link"
              aria-label={`Tell it again: ${kindOf(each.kind)}, ${sentence(each.at, clock.now.value)}`}
              onClick={() => void acts.run(() => desk.replayEvent(hook, each.event).then(() => show(null)))}
            >
              Tell again
            </button>
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="link" onClick={() => void acts.run(() => show(next))}>
          Show more
        </button>
      )}
      <label class="field">
        Tell everything again of
        <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {Object.entries(SINCE).map(([many, words]) => (
            <option key={many} value={many}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => void acts.run(() => desk.replaySince(hook, since()).then(() => show(null)))}
        >
          Tell all again
        </button>
      </footer>
    </>
  );
}
