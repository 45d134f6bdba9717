/** Whom of those who were chosen a broadcast means: of a group, with a tag, in a language, lately heard of. */

import type { Filter, Language } from "../broadcasts.ts";
import { groups } from "../groups.ts";
import { me } from "../store.ts";
import { many } from "../words/counts.ts";
import { LANGUAGES } from "../words/languages.ts";

const DAYS = [30, 90, 365, 730] as const;

export function Narrower({ filter, onChoose }: { filter: Filter; onChoose: (changed: Partial<Filter>) => void }) {
  return (
    <div class="fields">
      {filter.group && (
        <label class="field">
          Group
          <select value={filter.group} onChange={(event) => onChoose({ group: event.currentTarget.value })}>
            {groups.value?.map((group) => (
              <option key={group.id} value={group.id}>
                {group.name} ({many(group.patients, "patient")})
              </option>
            ))}
          </select>
        </label>
      )}
      {(filter.ours || filter.group || filter.patient_tag) && (
        <OfTag
          label="Tag of the patient"
          value={filter.patient_tag}
          mayBeAny={filter.ours || filter.group !== null}
          onChoose={(patient_tag) => onChoose({ patient_tag })}
        />
      )}
      {filter.ours && (
        <OfTag label="Tag of the conversation" value={filter.tag} mayBeAny onChoose={(tag) => onChoose({ tag })} />
      )}
      <label class="field">
        Language
        <select
          value={filter.language ?? ""}
          onChange={(event) => onChoose({ language: (event.currentTarget.value || null) as Language | null })}
        >
          <option value="">Any</option>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {filter.ours && (
        <label class="field">
          Active in the last
          <select
            value={filter.days ?? ""}
            onChange={(event) => onChoose({ days: Number(event.currentTarget.value) || null })}
          >
            <option value="">Any time</option>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

interface OfTagProps {
  label: string;
  value: string | null;
  mayBeAny: boolean;
  onChoose: (tag: string | null) => void;
}

function OfTag({ label, value, mayBeAny, onChoose }: OfTagProps) {
  const tags = me.value?.tags ?? [];
  const isRetired = value !== null && !tags.some((tag) => tag.id === value);
  return (
    <label class="field">
      {label}
      <select value={value ?? ""} onChange={(event) => onChoose(event.currentTarget.value || null)}>
        {mayBeAny && <option value="">Any</option>}
        {isRetired && <option value={value}>A retired tag</option>}
        {tags.map((tag) => (
          <option key={tag.id} value={tag.id}>
            {tag.name}
          </option>
        ))}
      </select>
    </label>
  );
}
