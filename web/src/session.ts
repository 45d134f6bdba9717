/** Signing in and out. */

import type { Me } from "../../realtime/client/wire.gen.ts";
import { badge } from "./badge.ts";
import { ask, csrfToken } from "./http.ts";
import { base } from "./page.ts";

export function signIn(email: string, password: string): Promise<{ step: "code" }> {
  return ask("POST", "/session", { email, password });
}

export const signInCode = (code: string) => ask<Me>("POST", "/session/code", { code });

/** A real form, so that the browser itself follows the answer and clears what the answer tells it to clear. */
export function signOut(): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${base}/sign-out`;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "csrf";
  field.value = csrfToken();
  form.append(field);
  document.body.append(form);
  badge(0);
  form.submit();
}
