/** The patients of the directory: a search, an order, and rows that lead to their entries. */

import { useEffect, useRef } from "preact/hooks";
import type { Listed } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as directories from "../directory.ts";
import { directory, mark, order } from "../directory-place.ts";
import * as listing from "../listing.ts";
import { addressOfDirectory, type DirectoryPlace } from "../route.ts";
import { dialog, me } from "../store.ts";
import { many } from "../words/counts.ts";
import { called, marks } from "../words/directory.ts";
import { when } from "../words/time.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { Select } from "./select.tsx";
import { Unloaded } from "./unloaded.tsx";
import { focusRow, Windowed } from "./windowed.tsx";

type Sort = DirectoryPlace["sort"];

const SORTS: Record<Sort, string> = { recent: "Recent", name: "By last name", archived: "Archived" };
const WAIT = 200;
/** In pixels, as `directory.css` has it. */
const HEIGHT = 66;

export function DirectoryList({ sort }: { sort: Sort }) {
  const rows = listing.rows.value;
  const ids = rows?.map((each) => each.id) ?? [];
  const key = ids.join(" ");
  useEffect(() => {
    order.value = ids;
  }, [key]);
  useEffect(() => forget, []);
  return (
    <>
      <Tools sort={sort} />
      <Status />
      {listing.loading.value === "failed" ? <Failed /> : rows ? <Rows rows={rows} sort={sort} /> : <Bones />}
    </>
  );
}

function forget(): void {
  order.value = [];
}

function Tools({ sort }: { sort: Sort }) {
  const text = listing.text.value;
  const first = useRef(true);
  useEffect(() => {
    const timer = setTimeout(() => void listing.seek(), first.current ? 0 : WAIT);
    first.current = false;
    return () => clearTimeout(timer);
  }, [text, sort]);
  const steer = (event: KeyboardEvent) => {
    const [id] = order.value;
    if (event.key !== "ArrowDown" || !id) return;
    event.preventDefault();
    focusRow(id);
  };
  return (
    <div class="directory-tools">
      <input
        type="search"
        aria-label="Find a patient: name, phone, e-mail, MRN or date of birth"
        placeholder="Name, phone, e-mail, MRN or birth date"
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        value={text}
        onInput={(event) => (listing.text.value = event.currentTarget.value)}
        onKeyDown={steer}
      />
      <span class="choosing">
        <Select
          label="Show"
          value={sort}
          options={SORTS}
          onValue={(value) => directories.show({ sort: value as Sort, patient: null })}
        />
        <OfTag />
      </span>
      <button type="button" onClick={create}>
        <Icon name="plus" /> Create new <kbd>Shift N</kbd>
      </button>
    </div>
  );
}

/** Only where the clinic has tags. One that was retired meanwhile stays chosen until something else is. */
function OfTag() {
  const chosen = directory.value?.tag ?? "";
  const tags = me.value?.tags ?? [];
  if (tags.length === 0 && !chosen) return null;
  const known = Object.fromEntries(tags.map((tag) => [tag.id, tag.name]));
  const options = { "": "Any", ...(chosen ? { [chosen]: "A retired tag" } : {}), ...known };
  return (
    <Select
      label="Tag"
      value={chosen}
      options={options}
      onValue={(value) => directories.show({ tag: value || null, patient: null })}
    />
  );
}

function create(): void {
  dialog.value = { name: "new-patient", typed: listing.text.value };
}

function Status() {
  const { isSeeking, found, isCutShort, pages, isBehind } = listing;
  const seeking = isCutShort.value
    ? "The 20 newest. Type more to find others."
    : `${many(found.value?.length ?? 0, "patient")}${directory.value?.tag ? ", whatever their tags" : ""}`;
  const words = isSeeking.value ? found.value && seeking : pages.value && many(pages.value.total, "patient");
  return (
    <p class="muted directory-status" role="status">
      {words}
      {isBehind.value && !isSeeking.value && (
        <button type="button" class="link" onClick={() => void listing.load()}>
          Something changed: show
        </button>
      )}
    </p>
  );
}

function Rows({ rows, sort }: { rows: readonly Listed[]; sort: Sort }) {
  if (rows.length === 0) return <Empty sort={sort} />;
  const ids = rows.map((each) => each.id);
  const byId = new Map(rows.map((each) => [each.id, each]));
  const next = listing.isSeeking.value ? null : (listing.pages.value?.next ?? null);
  return (
    <Windowed
      ids={ids}
      draw={(id) => <Row patient={byId.get(id)} sort={sort} />}
      next={next}
      height={HEIGHT}
      onNear={() => void listing.more()}
      onMove={(_, to) => focusRow(to)}
      listeners={{ onFocusIn: stand }}
    >
      {next && (
        <p class="more">
          <button type="button" onClick={() => void listing.more()}>
            Show more
          </button>
        </p>
      )}
    </Windowed>
  );
}

function stand(event: FocusEvent): void {
  const row = event.target instanceof Element && event.target.closest<HTMLElement>("[data-id]");
  if (row) mark.value = row.dataset.id ?? null;
}

function Row({ patient, sort }: { patient: Listed | undefined; sort: Sort }) {
  const place = directory.value;
  if (!patient || !place) return null;
  const isOpen = place.patient === patient.id;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    directories.show({ patient: patient.id });
  };
  return (
    <a
      class={`row ${mark.value === patient.id ? "cursor" : ""}`}
      href={addressOfDirectory({ ...place, patient: patient.id })}
      aria-current={isOpen ? "true" : undefined}
      onClick={open}
    >
      <Avatar id={patient.id} initials={patient.initials} />
      <span class="row-name" dir="auto">
        {called(patient, sort)}
      </span>
      <span class="row-time">
        {patient.deceased && <span class="tag">Deceased</span>}
        {patient.archived && <span class="tag">Archived</span>}
        {patient.incomplete && <span class="tag todo">Not complete</span>}
        {patient.last_at && when(patient.last_at, clock.now.value)}
      </span>
      <span class="row-line">{marks(patient) || "Nothing else on file"}</span>
    </a>
  );
}

function Failed() {
  const again = () => (listing.isSeeking.value ? listing.seek() : listing.load());
  return <Unloaded what="The directory" refused={listing.refused.value} onAgain={() => void again()} />;
}

function Empty({ sort }: { sort: Sort }) {
  const isSeeking = listing.isSeeking.value;
  if (directory.value?.tag && !isSeeking) {
    return (
      <div class="empty">
        <p>{sort === "archived" ? "Nobody who is archived has this tag." : "Nobody has this tag yet."}</p>
      </div>
    );
  }
  if (sort === "archived") {
    return (
      <div class="empty">
        <p>{isSeeking ? "Nobody who is archived is found by that." : "Nobody is archived."}</p>
      </div>
    );
  }
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={isSeeking ? "search" : "book"} size={28} />
      </span>
      <p>{isSeeking ? "Nobody is found by that." : "Add or import patients, and they stand here."}</p>
      <button type="button" class="primary" onClick={create}>
        <Icon name="plus" /> {isSeeking ? "Add them as a patient" : "Add a patient"}
      </button>
    </div>
  );
}

function Bones() {
  return (
    <div class="skeleton" aria-busy="true">
      {[0, 1, 2, 3, 4, 5].map((each) => (
        <div key={each} class="bone-row">
          <span class="bone round" />
          <span class="bone line" />
          <span class="bone line short" />
        </div>
      ))}
    </div>
  );
}
