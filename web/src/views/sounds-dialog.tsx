/** How loud this computer rings, and what its three sounds are, to hear before one needs to know them. */

import * as bell from "../bell.ts";
import { Modal } from "./modal.tsx";

const SOUNDS: readonly { sound: bell.Sound; words: string; how: string }[] = [
  { sound: "new", words: "Something new", how: "One soft tone" },
  { sound: "urgent", words: "Words that may be urgent", how: "Two tones, rising" },
  { sound: "late", words: "A wait over the team’s goal", how: "Two tones, falling" },
];

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
