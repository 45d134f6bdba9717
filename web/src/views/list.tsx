/** The list of conversations. Rows do not move under the pointer or the focus; new ones wait above. */

import type { TargetedFocusEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as clock from "../clock.ts";
import { hold, load, more, settle } from "../lists.ts";
import { lateDialogs } from "../parts.ts";
import * as several from "../several.ts";
import { queryOf } from "../state/filters.ts";
import type { InboxState } from "../state/inbox.ts";
import {
  connection,
  cursor,
  inbox,
  isCurrent,
  listLoading,
  listRefused,
  me,
  place,
  presence,
  selected,
  teamOf,
  titleOf,
} from "../store.ts";
import { density, ROWS } from "../theme.ts";
import { clock as clockWords } from "../words/time.ts";
import { VIEW_NAMES } from "../words/views.ts";
import { FilterChips, FilterMenu, NothingFits } from "./filter-bar.tsx";
import { Icon } from "./icon.tsx";
import { RowView } from "./row.tsx";
import { SelectionBar } from "./several.tsx";
import { Unloaded } from "./unloaded.tsx";
import { focusRow, Windowed } from "./windowed.tsx";

const EMPTY: Record<string, string> = {
  needs_reply: "Nothing needs a reply.",
  mine: "Nothing is assigned to you.",
  unassigned: "Somebody has every question.",
  open: "No open conversations.",
  waiting: "Nobody owes you an answer.",
  snoozed: "Nothing is snoozed.",
  undelivered: "Everything arrived.",
  not_read: "Patients have read what you sent. Here comes what nobody has read after two days.",
  tasks: "Nothing is left to do.",
  unread: "You have read everything.",
  done: "Nothing is done yet.",
};

export function List() {
  const list = inbox.value;
  const { team, view } = place.value;
  const isSame = list?.team === team && list.view === view && queryOf(list.filters) === queryOf(place.value);
  const isOther = list !== null && !isSame;
  const isFailed = listLoading.value === "failed";
  const marks = [
    isCurrent.value ? "" : "dimmed",
    isOther ? "stale" : "",
    several.chosen.value.length > 0 ? "picking" : "",
  ];
  return (
    <section class={`list ${marks.join(" ")}`} aria-label="Conversations">
      <header>
        <h1>{VIEW_NAMES[view]}</h1>
        <span class="muted">{titleOf(team)}</span>
        <FilterMenu />
      </header>
      <FilterChips />
      {list && list.arrivals > 0 && (
        <button type="button" class="arrivals" onClick={settle}>
          <Icon name="arrow-up" size={14} /> {list.arrivals} new
        </button>
      )}
      {isFailed && <Unloaded what="The list" refused={listRefused.value} onAgain={() => void load()} />}
      {list === null && !isFailed && <Skeleton />}
      {/* Rows of another list, under this one's name and its error, would be taken for its own. */}
      {list !== null && !(isFailed && isOther) && (
        <Rows key={`${list.team} ${list.view} ${queryOf(list.filters)} ${density.value}`} list={list} />
      )}
      <SelectionBar />
    </section>
  );
}

function Rows({ list }: { list: InboxState }) {
  const listeners = useHold();
  useEffect(() => several.clear, []);
  if (list.order.length === 0) return <Empty list={list} />;
  return (
    <Windowed
      ids={list.order}
      draw={(id) => <Entry list={list} id={id} />}
      next={list.next}
      onNear={() => void more()}
      onMove={move}
      listeners={listeners}
      height={ROWS[density.value]}
    >
      {list.next && (
        <p class="more">
          <button type="button" onClick={() => void more()}>
            Show more
          </button>
        </p>
      )}
    </Windowed>
  );
}

function move(from: string, to: string, isExtending: boolean): void {
  if (isExtending) several.extend(from, to);
  focusRow(to);
}

/** While the pointer or the focus is in the list, its rows stay where they are. */
function useHold() {
  const focused = useRef(false);
  const pointed = useRef(false);
  const update = () => hold(focused.current || pointed.current);
  useEffect(() => () => hold(false), []);
  return {
    onPointerEnter: (event: PointerEvent) => {
      pointed.current = event.pointerType === "mouse";
      update();
    },
    onPointerLeave: () => {
      pointed.current = false;
      update();
    },
    onFocusIn: (event: FocusEvent) => {
      const row = event.target instanceof Element && event.target.closest<HTMLElement>("[data-id]");
      if (row) cursor.value = row.dataset.id ?? null;
      focused.current = true;
      update();
    },
    onFocusOut: (event: TargetedFocusEvent<HTMLElement>) => {
      // From row to row the focus does not leave, so nothing may move then.
      focused.current = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
      update();
    },
  };
}

/** With one team only, its name on every row says nothing. */
function isOfSeveralTeams(): boolean {
  return (me.value?.teams.length ?? 0) > 1;
}

function Entry({ list, id }: { list: InboxState; id: string }) {
  const row = list.rows.get(id);
  if (!row) return null;
  return (
    <RowView
      row={row}
      seen={list.seen.get(id)}
      hasDraft={list.drafts.has(id)}
      isOpen={place.value.conversation === id}
      isCursor={cursor.value === id}
      isPicked={selected.value.has(id)}
      marks={presence.value.get(id)}
      teamName={list.team === "all" && isOfSeveralTeams() ? (teamOf(row.team)?.name ?? "") : ""}
      myName={me.value?.user.name ?? ""}
      now={clock.now.value}
    />
  );
}

function Empty({ list }: { list: InboxState }) {
  const isLive = connection.value.name === "live";
  const late = lateDialogs.here.value;
  if (late && me.value?.is_new && list.counts.open === 0) return <late.FirstSteps />;
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={list.view === "undelivered" ? "check" : "inbox"} size={28} />
      </span>
      {queryOf(list.filters) ? <NothingFits /> : <p>{EMPTY[list.view]}</p>}
      {late && isLive && list.view === "needs_reply" && !queryOf(list.filters) && (
        <late.LastAnswered team={list.team} />
      )}
      {isLive && <p class="muted">Up to date at {clockWords(clock.now.value)}</p>}
    </div>
  );
}

/** Appears after 300 ms only (its animation waits that long): a quick answer never flickers. */
function Skeleton() {
  return (
    <div class="skeleton" aria-busy="true">
      {[0, 1, 2, 3, 4, 5, 6, 7].map((each) => (
        <div key={each} class="bone-row">
          <span class="bone round" />
          <span class="bone line" />
          <span class="bone line short" />
        </div>
      ))}
    </div>
  );
}
