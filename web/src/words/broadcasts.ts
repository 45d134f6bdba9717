/** What the assistant for broadcasts says. */

import type { Broadcast, Detail, Filter, Funnel, State, Sum, Way } from "../broadcasts.ts";
import { many } from "./counts.ts";
import { languageName } from "./languages.ts";

export const STEPS = ["Who", "Words", "Check", "When", "Go"] as const;

export const STATES: Record<State, string> = {
  draft: "Being written",
  awaiting: "Waits for a second person",
  counting: "About to go",
  scheduled: "Scheduled",
  running: "On its way",
  paused: "Paused",
  stopped: "Stopped",
  finished: "Finished",
};

export const WAYS: Record<Way, { name: string; says: string }> = {
  secure: {
    name: "Secure, as each patient prefers",
    says: "A link by text or e-mail. The words stay on the secure page.",
  },
  secure_sms: { name: "Secure text", says: "A link by text to everybody." },
  secure_email: { name: "Secure e-mail", says: "A link by e-mail to everybody." },
  sms: {
    name: "Plain text",
    says: "The words themselves, for anybody to read. Only patients who agreed to plain texts.",
  },
};

export const VIAS = { sms: "plain text", secure_sms: "secure text", secure_email: "secure e-mail" } as const;

const number = (value: number) => value.toLocaleString("en-US");

/** "Will reach 812 patients." */
export const reach = ({ waiting }: Broadcast): string => `Will reach ${many(waiting, "patient")}.`;

/** "31: the patient stopped texts", the most first. */
export function leftOut(sums: readonly Sum[]): string[] {
  const out = sums.filter((sum) => sum.state === "left_out");
  return [...out].sort((one, other) => other.many - one.many).map((sum) => `${number(sum.many)}: ${sum.words ?? ""}`);
}

/** What the carrier makes of it, and who reads what. */
export function costs({ broadcast, check }: Detail): string[] {
  const ways = Object.entries(check.vias).map(
    ([via, count]) => `${number(count)} by ${VIAS[via as keyof typeof VIAS]}`,
  );
  const each =
    broadcast.waiting > 0 && check.vias.sms
      ? ` (${many(Math.ceil(check.segments / broadcast.waiting), "segment")} each)`
      : "";
  const languages = Object.entries(check.languages).map(([code, count]) => `${languageName(code)} ${number(count)}`);
  return [
    `${ways.join(", ")}.`,
    ...(check.segments > 0 ? [`${many(check.segments, "text segment")} in all${each}${price(check.cents)}.`] : []),
    `Words: ${languages.join(", ")}.`,
    ...(check.fallback > 0
      ? [
          `${many(check.fallback, "patient")} who ${check.fallback === 1 ? "reads" : "read"} another language will get the English words.`,
        ]
      : []),
    ...(check.shared > 0 ? [`${number(check.shared)} share a phone: each still gets a message of their own.`] : []),
  ];
}

/** ", about $8.12", where the operator has said what a text costs. */
function price(cents: number | null): string {
  return cents === null ? "" : `, about $${(cents / 100).toFixed(2)}`;
}

/** "queued 200 → sent 612 → delivered 588 → viewed 301 → replied 44" */
export function funnel(
  { waiting }: Broadcast,
  { sent, delivered, viewed, replied }: Funnel,
): [name: string, many: number][] {
  return [
    ["Queued", waiting],
    ["Sent", sent],
    ["Delivered", delivered],
    ["Viewed", viewed],
    ["Replied", replied],
  ];
}

/** Every patient who was meant, as exactly one of these. */
export function sum(one: Broadcast): string {
  const parts = [
    [one.posted, "written to"],
    [one.waiting, "queued"],
    [one.left_out, "left out"],
    [one.failed, "failed"],
    [one.stopped, "stopped"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${number(count)} ${words}`);
  return `${many(one.total, "patient")} = ${said.join(" + ")}`;
}

/** Whom a filter means. */
export function whom(filter: Filter, team: string, tag: string | undefined): string {
  const base = filter.ours ? `Patients with a conversation with ${team}` : "Every patient of the clinic";
  const more = [
    tag && `tagged ${tag}`,
    filter.language && `who read ${languageName(filter.language)}`,
    filter.days && `active in the last ${many(filter.days, "day")}`,
  ].filter(Boolean);
  return [base, ...more].join(", ");
}

/** Paces that a team can answer. */
export const PACES = [null, 20, 60, 120, 300] as const;

export function pace(perHour: number | null): string {
  return perHour === null ? "As fast as the number can send" : `${number(perHour)} patients an hour`;
}

/** "about 3 hours", for a pace that was chosen. */
export function takes(waiting: number, perHour: number | null): string {
  if (perHour === null) return "";
  const hours = waiting / perHour;
  return hours < 1
    ? `about ${many(Math.max(1, Math.round(hours * 60)), "minute")}`
    : `about ${many(Math.round(hours), "hour")}`;
}
