/** Asking the server at the same addresses as the forms, in JSON. */

import { csrf, leave } from "./page.ts";

const JSON_TYPE = "application/json";

/** The answer, or null where nobody answered. Bytes go as they are. A session that is over leaves the page. */
export async function ask(path: string, body?: object, method = "POST"): Promise<Response | null> {
  const headers: Record<string, string> = { Accept: JSON_TYPE };
  const options: RequestInit = { headers, credentials: "same-origin" };
  if (body) {
    const isBytes = body instanceof Blob;
    headers["Content-Type"] = isBytes ? "application/octet-stream" : JSON_TYPE;
    headers["X-BloomText-CSRF"] = csrf();
    // Said while leaving, a few words still go; bytes are too many for that.
    Object.assign(options, { method, body: isBytes ? body : JSON.stringify(body), keepalive: !isBytes });
  }
  const answer = await fetch(path, options).catch(() => null);
  if (answer?.status === 401 || answer?.status === 410) leave();
  return answer;
}
