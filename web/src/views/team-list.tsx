/** The teams of the clinic. */

import * as desk from "../people.ts";
import { many } from "../words/counts.ts";
import { phone } from "../words/phone.ts";
import type { Step } from "./people-dialog.tsx";

export const membersOf = (team: string) =>
  (desk.people.value?.people ?? []).filter((each) => each.teams.includes(team));

export function TeamList({ onStep, onClose }: { onStep: (step: Step) => void; onClose: () => void }) {
  return (
    <>
      <ul class="persons">
        {desk.people.value?.teams.map((team) => {
          const inside = membersOf(team.id).length;
          return (
            <li key={team.id}>
              <span class="grow">
                <button type="button" class="link" onClick={() => onStep({ name: "team", id: team.id })}>
                  <strong dir="auto">{team.name}</strong>
                </button>
                <small class="muted">{team.numbers.map(phone).join(", ") || "No number"}</small>
              </span>
              <span class="ends">
                <span class={inside === 0 ? "nobody" : ""}>
                  {inside === 0 ? "Nobody" : many(inside, "person", "people")}
                </span>
                <small class="muted">{many(team.open, "open conversation")}</small>
              </span>
            </li>
          );
        })}
      </ul>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
        <button type="button" class="primary" onClick={() => onStep({ name: "new-team" })}>
          New team
        </button>
      </footer>
    </>
  );
}
