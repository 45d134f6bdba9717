/** What the shell page tells the script: the slot's address prefix and the build it came with. */

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

/** "" or "/~2": every address of this slot begins with it. */
export const base = meta("bt-base");
export const build = meta("bt-build");

export function socketAddress(path: string): string {
  const url = new URL(base + path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
