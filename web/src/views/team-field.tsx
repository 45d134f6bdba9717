/** Which of several teams a dialog is about; nothing where there is no choice. */

import type { TeamHours } from "../../../realtime/client/wire.gen.ts";

interface TeamFieldProps {
  teams: readonly TeamHours[] | null;
  chosen: string | undefined;
  onChoose: (team: string) => void;
}

export function TeamField({ teams, chosen, onChoose }: TeamFieldProps) {
  if (!teams || teams.length < 2) return null;
  return (
    <label class="field">
      Team
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {teams.map((each) => (
          <option key={each.team} value={each.team}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  );
}
