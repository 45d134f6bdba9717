/**
 * Patients' views, in tabs of their own. They have no script, so that they can mark nothing as viewed; therefore the page
 * that opened them closes them when it is locked.
 */

let shown: Window[] = [];

/** For the link that opens one. A press that asks for something else, such as a window, is the browser's. */
export function open(event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const tab = window.open((event.currentTarget as HTMLAnchorElement).href, "_blank");
  if (!tab) return;
  event.preventDefault();
  shown = [...shown.filter((each) => !each.closed), tab];
}

export function close(): void {
  for (const each of shown) each.close();
  shown = [];
}
