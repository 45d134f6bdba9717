/** Alerts about teams: whoever answers for them hears of one wherever they are, and sees to it here. */

import type { Alert, AlertPage, AlertRule, AlertRules } from "../../realtime/client/wire.gen.ts";
import { announce } from "./announce.ts";
import * as bell from "./bell.ts";
import * as board from "./board.ts";
import { ask } from "./http.ts";
import { seldom } from "./seldom.ts";
import { covered, dialog, toast } from "./store.ts";
import { alertSaid } from "./words/alerts.ts";

const LASTS = 60_000;
const told = new Set<string>();

/** The wire said that one was raised, acknowledged or is over; or this screen has only now come. */
export const look = seldom(() => void board.load().then(tell));

/** Each once, while nobody has acknowledged it. */
function tell(): void {
  const known = board.seen.value.board;
  for (const alert of known?.alerts ?? []) {
    if (alert.acknowledged_at || told.has(alert.id)) continue;
    told.add(alert.id);
    sayOf(alertSaid(alert, known?.teams ?? []));
  }
}

function sayOf(words: string): void {
  // Nobody but those who may see the screen reads which team it is.
  void bell.ring(covered.value ? "An alert was raised" : words, true, "late");
  announce(words);
  if (dialog.value?.name === "board") return;
  const open = () => {
    dialog.value = { name: "board" };
  };
  toast(words, { open, lasts: LASTS });
}

export const acknowledge = (alert: string) => ask<Alert>("POST", `/alerts/${alert}/acknowledge`, {});

export const earlier = (before: string | null) =>
  ask<AlertPage>("GET", before ? `/alerts?before=${before}` : "/alerts");

export const rules = async () => (await ask<AlertRules>("GET", "/alert-rules")).rules;

export const setRule = (said: Omit<AlertRule, "id">) => ask<AlertRule>("PUT", "/alert-rules", said);

export const removeRule = (rule: string) => ask<void>("DELETE", `/alert-rules/${rule}`);
