/** The staff screens begin here. */

import { render } from "preact";
import "./styles/main.css";
import * as boot from "./boot.ts";
import * as hotkeys from "./hotkeys.ts";
import { loadSoon } from "./parts.ts";
import { restoreSingles } from "./singles.ts";
import { restoreTheme } from "./theme.ts";
import { App } from "./views/app.tsx";

restoreTheme();
restoreSingles();
hotkeys.listen();
const root = document.getElementById("app");
if (root) render(<App />, root);
void boot.start().then(loadSoon);
