/** Whose conversations somebody may read: every team's, or those that are ticked. */

import { me } from "../store.ts";

export function TeamScope({
  chosen,
  onChange,
}: {
  chosen: readonly string[] | null;
  onChange: (teams: string[] | null) => void;
}) {
  const teams = me.value?.teams ?? [];
  const tick = (id: string, is: boolean) => {
    const others = (chosen ?? []).filter((each) => each !== id);
    onChange(is ? [...others, id] : others);
  };
  return (
    <fieldset class="choices wide">
      <legend>They may read messages with</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={chosen === null}
          onChange={(event) => onChange(event.currentTarget.checked ? null : teams.map((team) => team.id))}
        />
        <span>Every team of the clinic</span>
      </label>
      {chosen !== null &&
        teams.map((team) => (
          <label class="check" key={team.id}>
            <input
              type="checkbox"
              checked={chosen.includes(team.id)}
              onChange={(event) => tick(team.id, event.currentTarget.checked)}
            />
            <span>{team.name}</span>
          </label>
        ))}
    </fieldset>
  );
}
