/** How one signs in, and where one is signed in. Each act raises `Refused`, many of them `prove_again`. */

import type { MyAccount, MySessions } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export interface NewCodes {
  codes: readonly string[];
  account: MyAccount;
}

/** The dark part of a QR code, as a path in a square with sides of `size`. */
export interface Qr {
  size: number;
  path: string;
}

export interface NewAuthenticator {
  secret: string;
  address: string;
  qr: Qr;
}

export const show = () => ask<MyAccount>("GET", "/account");
export const renewCodes = () => ask<NewCodes>("POST", "/account/recovery-codes", {});
export const beginAuthenticator = () => ask<NewAuthenticator>("POST", "/account/authenticator", {});
export const confirmAuthenticator = (code: string) => ask<void>("POST", "/account/authenticator/confirm", { code });
/** What `password` becomes is `fresh`. */
export const changePassword = (password: string, fresh: string) =>
  ask<void>("POST", "/account/password", { password, new: fresh });

export const sessions = () => ask<MySessions>("GET", "/sessions");
export const endSession = (session: string) => ask<MySessions>("DELETE", `/sessions/${session}`);
export const endOthers = () => ask<MySessions>("POST", "/sessions/end", {});
