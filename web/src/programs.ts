/** Other programs of the clinic, for its admins: their keys, and where they are told what happens. Each act raises `Refused`. */

import { signal } from "@preact/signals";
import type { ApiKey, ApiKeys, Hooks, Tellings } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export interface KeyWish {
  name: string;
  scopes: readonly string[];
  days: number;
  teams: readonly string[] | null;
}

/** Null until they are here. */
export const keys = signal<ApiKeys | null>(null);
export const hooks = signal<Hooks | null>(null);
/** What was made just now: it is shown this once, and is nowhere else. */
export const made = signal<string | null>(null);

const takeKeys = async (asked: Promise<ApiKeys>) => {
  const { made: token, ...rest } = await asked;
  keys.value = { ...rest, made: null };
  if (token) made.value = token;
};

const takeHooks = async (asked: Promise<Hooks>) => {
  const { secret, ...rest } = await asked;
  hooks.value = { ...rest, secret: null };
  if (secret) made.value = secret;
};

export const load = () =>
  Promise.all([takeKeys(ask("GET", "/api-keys")), takeHooks(ask("GET", "/webhooks"))]).then(() => undefined);

export const makeKey = (wish: KeyWish) => takeKeys(ask("POST", "/api-keys", wish));
export const revokeKey = ({ id }: ApiKey) => takeKeys(ask("DELETE", `/api-keys/${id}`));

export const makeHook = (url: string, kinds: readonly string[]) => takeHooks(ask("POST", "/webhooks", { url, kinds }));
export const removeHook = (hook: string) => takeHooks(ask("DELETE", `/webhooks/${hook}`));
export const enableHook = (hook: string) => takeHooks(ask("POST", `/webhooks/${hook}/enable`, {}));
export const rotateHook = (hook: string) => takeHooks(ask("POST", `/webhooks/${hook}/secret`, {}));
export const testHook = (hook: string) => ask<void>("POST", `/webhooks/${hook}/test`, {});
export const replayEvent = (hook: string, event: string) => ask("POST", `/webhooks/${hook}/replay`, { event });
export const replaySince = (hook: string, since: string) =>
  ask<{ events: number }>("POST", `/webhooks/${hook}/replay`, { since });
export const log = (hook: string, before: string | null) =>
  ask<Tellings>("GET", `/webhooks/${hook}/log${before ? `?before=${before}` : ""}`);
