/** Single sign-on of the clinic, for its admins. Each act raises `Refused`. */

import { signal } from "@preact/signals";
import type { SignOnSetting, SignOnTested } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export interface ProviderWish {
  issuer: string;
  client_id: string;
  domains: readonly string[];
  /** Null: the one before stays. */
  secret: string | null;
}

type Turned = Pick<SignOnSetting, "on" | "only" | "two_steps">;

/** Null until it is here. */
export const setting = signal<SignOnSetting | null>(null);

const take = async (asked: Promise<SignOnSetting>) => {
  setting.value = await asked;
};

export const load = () => take(ask<SignOnSetting>("GET", "/sign-on"));
export const keep = (wish: ProviderWish) => take(ask<SignOnSetting>("PUT", "/sign-on", wish));
/** What is not said stays. */
export function turn(wish: Partial<Turned>): Promise<void> {
  const { on = false, only = false, two_steps = false } = { ...setting.value, ...wish };
  return take(ask<SignOnSetting>("POST", "/sign-on/turn", { on, only: on && only, two_steps }));
}
export const test = () => ask<SignOnTested>("POST", "/sign-on/test", {});
