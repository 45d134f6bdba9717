/**
 * Shows notices on this computer. It is no page's worker: its scope is `/notices/`, where no page is. It keeps nothing,
 * and answers no request of a page. A notice is `{says, opens, quiet}`: a team's name and what kind, an address of ours,
 * and whether it makes no sound.
 */

/** So long an open screen has to say that the person sees it already; one that the browser has put to sleep is silent. */
const PATIENCE = 500;
const OPENS = /^(\/~[2-4])?\/inbox\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(tell(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

/** Whatever comes, something is shown: a browser takes the right to show notices from who shows none. */
function read(data) {
  try {
    const { says, opens, quiet } = data.json();
    if (typeof says === "string" && OPENS.test(opens)) return { says, opens, isQuiet: quiet === "yes" };
  } catch {
    // It is none of ours.
  }
  return { says: "New message", opens: "/inbox", isQuiet: false };
}

async function tell({ says, opens, isQuiet }) {
  const answers = await Promise.all((await screens(opens)).map(speaks));
  if (answers.includes(true)) return;
  // One with the same tag takes the place of the earlier one: of what is quiet there is one for a team.
  const tag = isQuiet ? `quiet ${opens.slice(0, opens.lastIndexOf("/"))}` : opens;
  const loud = isQuiet ? { silent: true } : { renotify: true };
  await self.registration.showNotification(says, { tag, data: opens, ...loud });
}

/** Open screens of the slot that an address is of. */
async function screens(opens) {
  const inbox = `${opens.split("/inbox")[0]}/inbox`;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter(({ url }) => `${new URL(url).pathname}/`.startsWith(`${inbox}/`));
}

function speaks(screen) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
    setTimeout(() => resolve(false), PATIENCE);
    screen.postMessage({ kind: "speaks" }, [port2]);
  });
}

/** In a screen that is open, else in a new one. A locked one opens it when it is unlocked. */
async function open(opens) {
  const found = await screens(opens);
  const screen = found.find((each) => each.visibilityState === "visible") ?? found[0];
  if (!screen) return self.clients.openWindow(opens);
  screen.postMessage({ kind: "open", opens });
  return screen.focus();
}
