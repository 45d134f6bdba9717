// Fails when what a browser must load first has grown over its budget (compressed, kilobytes of 1,024 bytes). What comes
// by import() after the first view is not in it; whatever the first script imports itself is.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGETS = [
  { name: "staff JavaScript", folder: "web/static", entry: "web/src/main.tsx", kind: "js", limit: 85 },
  { name: "staff CSS", folder: "web/static", entry: "web/src/main.tsx", kind: "css", limit: 20 },
  { name: "portal JavaScript", folder: "portal/static", entry: "portal/src/main.ts", kind: "js", limit: 8 },
  { name: "portal CSS", folder: "portal/static", entry: "portal/src/main.ts", kind: "css", limit: 8 },
];

function filesOf(manifest, entry, kind, found = new Set()) {
  const chunk = manifest[entry];
  const own = kind === "js" ? [chunk.file] : (chunk.css ?? []);
  for (const file of own) found.add(file);
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, kind, found);
  return found;
}

function kilobytes(folder, files) {
  const bytes = [...files].map((file) => gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length);
  return bytes.reduce((sum, each) => sum + each, 0) / 1024;
}

let over = 0;
for (const { name, folder, entry, kind, limit } of BUDGETS) {
  const path = `${folder}/.vite/manifest.json`;
  if (!existsSync(path)) {
    console.error(`${name}: ${path} is missing; run the build first`);
    over += 1;
    continue;
  }
  const size = kilobytes(folder, filesOf(JSON.parse(readFileSync(path, "utf8")), entry, kind));
  const verdict = size > limit ? "OVER" : "ok";
  if (size > limit) over += 1;
  console.log(`${name.padEnd(18)} ${size.toFixed(1).padStart(6)} of ${limit} KB  ${verdict}`);
}
process.exit(over > 0 ? 1 : 0);
