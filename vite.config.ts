import { defineConfig, type Plugin, type UserConfig } from "vite";

// Both builds write hashed files and a manifest that the Python side reads; nothing built is committed.
const shared: UserConfig = {
  publicDir: false,
  appType: "custom",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

const staff: UserConfig = {
  ...shared,
  base: "/static/web/",
  build: {
    outDir: "web/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["web/src/main.tsx", "web/src/demo/main.ts"] },
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
  plugins: [plainNames],
  base: "/static/portal/",
  build: {
    outDir: "portal/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2018",
    cssTarget: "safari13",
    assetsInlineLimit: 0,
    modulePreload: false,
    // One plain script for old phones. Not format "iife": with it Vite lets the script put the styles into the page,
    // which the page's content policy forbids.
    rolldownOptions: {
      input: "portal/src/main.ts",
      transform: { assumptions: { setPublicClassFields: true } },
      output: { format: "es", postBanner: "(() => {", postFooter: "})();" },
    },
  },
};

export default defineConfig(({ mode }) => (mode === "portal" ? portal : staff));
