import { defineConfig, type Plugin, type UserConfig } from "vite";

// Both builds write hashed files and a manifest that the Python side reads; nothing built is committed.
const shared: UserConfig = {
  publicDir: false,
  appType: "custom",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

/** Vite's own helper around `import()` fetches styles beforehand and is half a kilobyte; our parts bring no styles. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => "export const __vitePreload = (load) => load();",
  },
};

/** What the page of the demo imports: where that stood in the first script, the page would begin the staff screens. */
const ofDemo = new Set<string>();

const findDemo: Plugin = {
  name: "find-demo",
  buildEnd() {
    const follow = (id: string): void => {
      if (ofDemo.has(id)) return;
      ofDemo.add(id);
      for (const each of this.getModuleInfo(id)?.importedIds ?? []) follow(each);
    };
    for (const id of this.getModuleIds()) if (id.endsWith("web/src/demo/main.ts")) follow(id);
  },
};

const both = { name: "both", test: (id: string) => ofDemo.has(id) && !id.includes("/src/demo/"), priority: 1 };
/** In one file, for two would name to each other all that either has of the other: nearly three kilobytes. */
const first = { name: "first", tags: ["$initial" as const], test: (id: string) => !ofDemo.has(id) };

const staff: UserConfig = {
  ...shared,
  plugins: [plainImports, findDemo],
  base: "/static/web/",
  build: {
    outDir: "web/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: ["web/src/main.tsx", "web/src/demo/main.ts"],
      output: { codeSplitting: { groups: [both, first] } },
    },
  },
};

/**
 * Old phones know no private names of classes, and what stands for them there costs a WeakMap and a call for each use: a
 * sixth of the script. The types have kept them private by then, so plain names do.
 */
const plainNames: Plugin = {
  name: "plain-names",
  enforce: "pre",
  transform: {
    filter: { id: /\.ts$/ },
    handler: (code) => code.replace(/(this\.|^ {2}(?:async )?)#(?=\w)/gm, "$1_"),
  },
};

const portal: UserConfig = {
  ...shared,
  plugins: [plainNames, plainImports],
  base: "/static/portal/",
  build: {
    outDir: "portal/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2020",
    cssTarget: "safari13",
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: "portal/src/main.ts",
      transform: { assumptions: { setPublicClassFields: true } },
    },
  },
};

export default defineConfig(({ mode }) => (mode === "portal" ? portal : staff));
