/** Of which days and which team a report is, and what can be done with it. */

import type { Asked } from "../reports.ts";

export interface Days {
  first: string;
  last: string;
}

/** How many days until today. */
export const SPANS = [7, 30, 90] as const;

interface ReportToolsProps {
  asked: Asked;
  today: string;
  teams: readonly { id: string; name: string }[];
  daysUntilToday: (many: number) => Days;
  onAsk: (asked: Asked) => void;
}

export function ReportTools({ asked, today, teams, daysUntilToday, onAsk }: ReportToolsProps) {
  const isChosen = (many: number) => {
    const { first, last } = daysUntilToday(many);
    return asked.first === first && asked.last === last;
  };
  return (
    <div class="report-tools">
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together, and no fields. */}
      <div class="modes" role="group" aria-label="Which days">
        {SPANS.map((many) => (
          <button
            key={many}
            type="button"
            aria-pressed={isChosen(many)}
            onClick={() => onAsk({ ...asked, ...daysUntilToday(many) })}
          >
            {many} days
          </button>
        ))}
      </div>
      <Day label="From" value={asked.first} most={asked.last} onChosen={(first) => onAsk({ ...asked, first })} />
      <Day label="To" value={asked.last} most={today} onChosen={(last) => onAsk({ ...asked, last })} />
      <label class="field">
        Team
        <select value={asked.team} onChange={(event) => onAsk({ ...asked, team: event.currentTarget.value })}>
          <option value="">All teams</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface DayProps {
  label: string;
  value: string;
  most: string;
  onChosen: (day: string) => void;
}

/** A day that is half typed is none yet. */
function Day({ label, value, most, onChosen }: DayProps) {
  return (
    <label class="field">
      {label}
      <input
        type="date"
        value={value}
        max={most}
        onChange={(event) => event.currentTarget.value && onChosen(event.currentTarget.value)}
      />
    </label>
  );
}
