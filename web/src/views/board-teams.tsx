/** The teams of the board, a row each. What leads to a list of theirs is a button. */

import type { Board, BoardTeam, View } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as lists from "../lists.ts";
import { answered, cameSaid, onSaid, took } from "../words/board.ts";
import { onCallNow } from "../words/on-call.ts";
import { upcoming } from "../words/time.ts";
import { Moving, oldestOf } from "./board-totals.tsx";

interface TeamsProps {
  board: Board;
  onClose: () => void;
}

export function BoardTeams({ board, onClose }: TeamsProps) {
  const tallest = Math.max(1, ...board.teams.flatMap((team) => team.came));
  const go = (team: string, view: View) => {
    onClose();
    void lists.show(team, view);
  };
  return (
    <table class="board-teams">
      <caption class="hidden">How each team stands now. A team’s name opens its list.</caption>
      <thead>
        <tr>
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {board.teams.map((team) => (
          <Team key={team.team} team={team} tallest={tallest} onGo={(view) => go(team.team, view)} />
        ))}
      </tbody>
    </table>
  );
}

const COLUMNS = [
  "Team",
  "Waiting",
  "Longest wait",
  "Unassigned",
  "First reply today",
  "Not read",
  "Undelivered",
  "On now",
  "Came in today",
] as const;

interface TeamProps {
  team: BoardTeam;
  /** What came in the busiest hour of any team. */
  tallest: number;
  onGo: (view: View) => void;
}

function Team({ team, tallest, onGo }: TeamProps) {
  const { now } = team;
  const count = (name: (typeof COLUMNS)[number], value: number, view: View) => (
    <td data-name={name}>
      {team.reads && value > 0 ? (
        <button type="button" class="link" onClick={() => onGo(view)} aria-label={`${name} in ${team.name}: ${value}`}>
          <Moving value={value} />
        </button>
      ) : (
        <Moving value={value} />
      )}
    </td>
  );
  return (
    <tr>
      <th scope="row">
        {team.reads ? (
          <button type="button" class="link" onClick={() => onGo("needs_reply")}>
            {team.name}
          </button>
        ) : (
          team.name
        )}
        {team.is_open === false && <small class="muted">Closed now</small>}
      </th>
      {count("Waiting", now.waiting, "needs_reply")}
      <LongestWait team={team} />
      {count("Unassigned", now.unassigned, "unassigned")}
      <FirstReply team={team} />
      {count("Not read", now.not_read, "not_read")}
      {count("Undelivered", now.undelivered, "undelivered")}
      <OnNow team={team} />
      <td data-name="Came in today" class="came">
        <Bars came={team.came} tallest={tallest} />
      </td>
    </tr>
  );
}

function LongestWait({ team }: { team: BoardTeam }) {
  const wait = oldestOf(team, clock.now.value);
  return (
    <td data-name="Longest wait" class={wait?.tone} title={wait?.said}>
      {wait ? <Moving value={wait.short} /> : <span class="muted">Nobody waits</span>}
      {wait?.mark && <small>{wait.mark}</small>}
    </td>
  );
}

function FirstReply({ team: { now } }: { team: BoardTeam }) {
  const said = answered(now.half, now.most);
  return (
    <td data-name="First reply today" title={said ?? undefined}>
      {now.half === null || now.most === null ? (
        <span class="muted">None yet</span>
      ) : (
        <>
          {took(now.half)} <small>9 of 10: {took(now.most)}</small>
        </>
      )}
    </td>
  );
}

function OnNow({ team: { on, on_call } }: { team: BoardTeam }) {
  const now = clock.now.value;
  const called = onCallNow(on_call, now).map(
    ({ user, until }) => `${user.name} until ${upcoming(Date.parse(until), now)}`,
  );
  return (
    <td data-name="On now" class="on" title={on.map(({ name }) => name).join(", ")}>
      <span class={on.length === 0 ? "muted" : ""}>{onSaid(on)}</span>
      {called.length > 0 && <small>On call: {called.join(", ")}</small>}
    </td>
  );
}

/** What patients wrote in each hour, a bar each. */
function Bars({ came, tallest }: { came: readonly number[]; tallest: number }) {
  return (
    <svg viewBox="0 0 96 24" role="img" aria-label={cameSaid(came)}>
      <title>{cameSaid(came)}</title>
      {came.map((many, hour) => {
        const high = many === 0 ? 1 : Math.max(3, (many / tallest) * 24);
        return <rect key={hour} class={many === 0 ? "none" : ""} x={hour * 4} y={24 - high} width={3} height={high} />;
      })}
    </svg>
  );
}
