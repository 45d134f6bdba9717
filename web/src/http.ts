/** One way to ask the server, for reads and acts alike. */

import type { Message, Next } from "../../realtime/client/wire.gen.ts";
import { base, build } from "./page.ts";

/** What a no may say beside its words. */
export interface About {
  /** What a colleague or the patient wrote in between. */
  missed?: Message[];
  /** What made a plain text look private: codes of `words/guard.ts`. */
  found?: string[];
  /** Why there is no way to the patient, a code of `server/reasons.py`, and what helps. */
  why?: string;
  next?: Next;
  /** What finds the server's own record of what broke. */
  reference?: string;
}

/** A no in the server's words (docs/contract.md §2). Status 0 means that nobody answered. */
export class Refused extends Error {
  override name = "Refused";
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly about: About = {},
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }

  get missed(): Message[] {
    return this.about.missed ?? [];
  }

  /** Nobody can say whether the server did it. */
  get isSilence(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

const PATIENCE = 20_000;
const LONG_PATIENCE = 240_000;
let csrf = "";
let owner = "";
let whenSignedOut: () => void = () => {};
let whenLocked: () => void = () => {};
let whenOther: () => void = () => {};

/** `user` is whose page this is. */
export function useCsrf(token: string, user = owner): void {
  csrf = token;
  owner = user;
}

export function csrfToken(): string {
  return csrf;
}

export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

/** The screens of this session are locked. */
export function onLocked(act: () => void): void {
  whenLocked = act;
}

/** A server with another build has answered: this page is of an older one, or of a newer one than it. */
export function onOtherBuild(act: () => void): void {
  whenOther = act;
}

function lookAtBuild(response: Response): void {
  const name = response.headers.get("X-BloomText-Build");
  if (name && build && name !== build) whenOther();
}

interface Problem extends About {
  code?: string;
  detail?: string;
}

async function refusal(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const seconds = Number(response.headers.get("Retry-After"));
  const wait = seconds > 0 ? seconds * 1000 : null;
  const detail = problem.detail ?? "Something went wrong on our side.";
  return new Refused(response.status, problem.code ?? `status_${response.status}`, detail, problem, wait);
}

/** The session is locked, or it is over: whoever asked for something else, that is what the screen has to show. */
function heedNobody(no: Refused, path: string): void {
  if (no.code === "locked") whenLocked();
  else if (no.status === 401 && !path.startsWith("/session")) whenSignedOut();
}

interface Asking {
  signal?: AbortSignal | undefined;
  /** How long an answer may take, in milliseconds. */
  most?: number;
  /** It goes even while the page closes. */
  isLast?: boolean;
}

/** Bytes go as they are, with their own type; everything else as JSON. */
function request(method: string, body: unknown, { signal, most = PATIENCE, isLast }: Asking): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  const isFile = body instanceof Blob;
  if (method !== "GET") {
    headers["Content-Type"] = isFile ? body.type : "application/json";
    headers["X-BloomText-CSRF"] = csrf;
  }
  const patience = AbortSignal.timeout(most);
  return {
    method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    ...(isLast ? { keepalive: true } : {}),
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  };
}

/** Asks `/api/v1` + path. Raises `Refused` for every answer that is no, and for no answer. */
export async function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  isLast = false,
): Promise<T> {
  const how = { signal, isLast };
  try {
    return await once<T>(method, path, body, how);
  } catch (error) {
    // In another tab of this session somebody proved who they are, so its token is another one now.
    if (!(error instanceof Refused) || error.code !== "not_our_page" || method === "GET") throw error;
    const mine = await once<{ csrf: string; user: { id: string } }>("GET", "/me");
    // Or somebody else signed in there: what this page does must not be done in their name.
    if (owner !== "" && mine.user.id !== owner) throw error;
    useCsrf(mine.csrf);
    return once<T>(method, path, body, how);
  }
}

async function once<T>(method: string, path: string, body?: unknown, how: Asking = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${base}/api/v1${path}`, request(method, body, how));
  } catch {
    throw new Refused(0, "no_answer", "The server could not be reached.");
  }
  lookAtBuild(response);
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const no = await refusal(response);
  heedNobody(no, path);
  throw no;
}

/** An answer that is a file to be saved, and its name. Making it may take a while. */
export async function askFile(path: string, body: unknown): Promise<{ content: Blob; name: string }> {
  let response: Response;
  try {
    response = await fetch(`${base}/api/v1${path}`, request("POST", body, { most: LONG_PATIENCE }));
    if (response.ok) {
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "conversation";
      return { content: await response.blob(), name };
    }
  } catch {
    throw new Refused(0, "no_answer", "The server could not be reached.");
  }
  const no = await refusal(response);
  heedNobody(no, path);
  throw no;
}
