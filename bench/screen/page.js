// In the measured page: how long from an act until what it leads to has been painted.
window.bench = {
  said: (words) => [...document.querySelectorAll("article")].some((each) => each.textContent.includes(words)),

  // Milliseconds since 1970 at which `is` was first true and painted.
  painted(is) {
    return new Promise((resolve) => {
      const shown = () => requestAnimationFrame(() => setTimeout(() => resolve(Date.now()), 0));
      if (is()) return shown();
      const watch = new MutationObserver(() => {
        if (!is()) return;
        watch.disconnect();
        shown();
      });
      watch.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  },

  async timed(act, is) {
    const began = performance.now();
    const done = bench.painted(is).then(() => performance.now() - began);
    act();
    return done;
  },

  openConversation(path, name) {
    const heading = `Conversation with ${name}`;
    // As the browser's own back and forward do it: the row may have moved out of the list's view meanwhile.
    const act = () => {
      history.pushState(null, "", path + location.search);
      dispatchEvent(new PopStateEvent("popstate"));
    };
    const is = () => document.querySelector(`[aria-label="${heading}"] article`) !== null;
    return bench.timed(act, is);
  },

  echo(words) {
    const send = document.querySelector("form[aria-label='Write a message'] button[type=submit]");
    return bench.timed(() => send.click(), () => bench.said(words));
  },

  // The rows that can be seen: their addresses without the query, and the names on them.
  rows: () =>
    [...document.querySelectorAll("a.row")].map((each) => [
      new URL(each.href).pathname,
      each.querySelector(".row-name").lastChild.textContent,
    ]),

  // Reads a page further, "up" or "down": how far (px) what was in view moved by what came and went around it, how many
  // messages the page holds then, and whether that was all.
  async readOn(way) {
    const pane = document.querySelector(".timeline");
    const entries = () => [...pane.querySelectorAll("[data-number]")];
    const ends = () => `${entries()[0].dataset.number} ${entries().at(-1).dataset.number}`;
    const top = (entry) => entry.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    const frame = () => new Promise(requestAnimationFrame);
    pane.scrollTop = way === "up" ? 100 : pane.scrollHeight - pane.clientHeight - 150;
    const before = ends();
    const seen = entries().find((each) => top(each) >= 0);
    const from = top(seen);
    for (let waited = 0; waited < 60 && ends() === before; waited += 1) await frame();
    await frame();
    return { moved: Math.abs(top(seen) - from), held: entries().length, isAll: ends() === before, ends: ends() };
  },

  // `isBack` is kept: milliseconds from the network's return until these words have been painted.
  waitForReturn(words) {
    const began = new Promise((resolve) => addEventListener("online", () => resolve(Date.now()), { once: true }));
    const painted = bench.painted(() => bench.said(words));
    bench.isBack = Promise.all([began, painted]).then(([began, painted]) => painted - began);
  },

  // The longest frame and the longest task from now until `stopWatching` gives them back.
  watchFrames() {
    const seen = { frame: 0, task: 0 };
    let last = performance.now();
    let isOver = false;
    const tasks = new PerformanceObserver((list) => {
      for (const each of list.getEntries()) seen.task = Math.max(seen.task, each.duration);
    });
    tasks.observe({ type: "longtask" });
    requestAnimationFrame(function look(now) {
      seen.frame = Math.max(seen.frame, now - last);
      last = now;
      if (!isOver) requestAnimationFrame(look);
    });
    bench.stopWatching = () => {
      isOver = true;
      tasks.disconnect();
      return seen;
    };
  },
};
