/** How loud this computer rings, and what its three sounds are, to hear before one needs to know them. */

import * as bell from "../bell.ts";
import { hour } from "../words/time.ts";
import { Modal } from "./modal.tsx";
import { Select } from "./select.tsx";

const SOUNDS: readonly { sound: bell.Sound; words: string; how: string }[] = [
  { sound: "new", words: "Something new", how: "One soft tone" },
  { sound: "urgent", words: "Words that may be urgent", how: "Two tones, rising" },
  { sound: "late", words: "A wait over the team’s goal", how: "Two tones, falling" },
];

const HOURS: Record<string, string> = Object.fromEntries(Array.from({ length: 24 }, (_, each) => [each, hour(each)]));
/** What is offered first. */
const NIGHT = [20, 8] as const;

export function SoundsDialog({ onClose }: { onClose: () => void }) {
  const loud = bell.volume.value;
  return (
    <Modal title="Sounds" onClose={onClose}>
      <p class="muted">They ring once, in one tab, and only while you look at none. Your menu says for whom.</p>
      <label class="field">
        Volume
        <input
          type="range"
          min="0"
          max="10"
          step="1"
          value={loud}
          aria-valuetext={loud === 0 ? "Silent" : `${loud * 10} %`}
          onInput={(event) => bell.setVolume(Number(event.currentTarget.value))}
        />
      </label>
      {loud === 0 && <p role="status">Silent: nothing rings on this computer.</p>}
      <QuietHours />
      <ul class="sounds">
        {SOUNDS.map(({ sound, words, how }) => (
          <li key={sound}>
            <span>
              {words}
              <small>{how}</small>
            </span>
            <button type="button" aria-label={`Play: ${words}`} onClick={() => void bell.tryOut(sound)}>
              Play
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function QuietHours() {
  const hours = bell.quiet.value;
  return (
    <fieldset>
      <legend class="hidden">When nothing rings</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => bell.setQuiet(event.currentTarget.checked ? NIGHT : null)}
        />{" "}
        Quiet hours
      </label>
      {hours && (
        <>
          <span class="choosing">
            <Select
              label="From"
              value={String(hours[0])}
              options={without(hours[1])}
              onValue={(value) => bell.setQuiet([Number(value), hours[1]])}
            />
            <Select
              label="Until"
              value={String(hours[1])}
              options={without(hours[0])}
              onValue={(value) => bell.setQuiet([hours[0], Number(value)])}
            />
          </span>
          <p class="muted">By this computer’s clock. Words that may be urgent ring all the same.</p>
        </>
      )}
    </fieldset>
  );
}

/** Hours that end when they begin would be none, or all. */
const without = (taken: number) => Object.fromEntries(Object.entries(HOURS).filter(([each]) => Number(each) !== taken));
