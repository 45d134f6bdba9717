/** Alerts about teams in words. */

import type { Alert, AlertKind, AlertRule, BoardTeam } from "../../../realtime/client/wire.gen.ts";
import { sentence } from "./time.ts";

export const KINDS: Record<AlertKind, { name: string; unit: string; usual: number }> = {
  wait: { name: "Longest wait", unit: "minutes of open time", usual: 30 },
  unassigned: { name: "Unassigned", unit: "conversations", usual: 5 },
  undelivered: { name: "Undelivered", unit: "conversations", usual: 0 },
  nobody: { name: "Nobody is watching", unit: "minutes of open time", usual: 10 },
};

type Limit = Pick<AlertRule, "kind" | "over">;

/** "Longest wait over 30 min", "Nobody on for 10 min while a patient waits" */
export function limitSaid({ kind, over }: Limit): string {
  if (kind === "nobody") return `Nobody on for ${over} min while a patient waits`;
  return `${KINDS[kind].name} over ${over}${kind === "wait" ? " min" : ""}`;
}

/** "Nurses: longest wait over 30 min" */
export function alertSaid(alert: Limit & Pick<Alert, "team">, teams: readonly BoardTeam[]): string {
  const limit = limitSaid(alert);
  return `${teamSaid(alert.team, teams)}: ${limit.charAt(0).toLowerCase()}${limit.slice(1)}`;
}

/** Null: every team that has no rule of its own. */
export function teamSaid(team: string | null, teams: readonly BoardTeam[]): string {
  return team === null ? "Every team" : (teams.find((each) => each.team === team)?.name ?? "A team");
}

/** "Raised today at 9:02 AM, at 41 min. Acknowledged by Sam Whitfield today at 9:05 AM." */
export function courseSaid(alert: Alert, now: number): string {
  const { acknowledged_at: seen, acknowledged_by: by, mailed_at: mailed, resolved_at: over } = alert;
  const minutes = alert.kind === "wait" || alert.kind === "nobody" ? " min" : "";
  const parts = [
    `Raised ${sentence(alert.at, now)}, at ${alert.reached}${minutes}`,
    mailed && `Who is on call was written to ${sentence(mailed, now)}`,
    seen && `Acknowledged by ${by?.name ?? "somebody"} ${sentence(seen, now)}`,
    over && `Over ${sentence(over, now)}`,
  ];
  return parts.flatMap((part) => (part ? [`${part}.`] : [])).join(" ");
}

/** "If nobody acknowledges it in 10 min, who is on call gets an e-mail." */
export function mailSaid(minutes: number | null): string {
  if (minutes === null) return "Nobody gets an e-mail.";
  return `If nobody acknowledges it in ${minutes} min, who is on call gets an e-mail.`;
}
