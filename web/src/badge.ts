/** The count on the icon of the installed app, where there is one; 0: none. */
export function badge(count: number): void {
  const { setAppBadge } = navigator;
  if (typeof setAppBadge === "function") void setAppBadge.call(navigator, count).catch(() => undefined);
}
