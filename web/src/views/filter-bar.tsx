/** Filters of the list: their button, those that are on, and a list that nothing fits. What they say comes later. */

import * as lists from "../lists.ts";
import { lateDialogs } from "../parts.ts";
import { queryOf } from "../state/filters.ts";
import { place } from "../store.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { PartWait } from "./waiting.tsx";

export function FilterMenu() {
  const here = lateDialogs.here.value;
  return (
    <Menu
      id="filter"
      label="Filter the list"
      button={<Icon name="filter" size={18} />}
      buttonClass="icon-button"
      align="end"
      onOpen={() => void lateDialogs.load()}
    >
      {(close) => (here ? <here.FilterForm close={close} /> : <PartWait part={lateDialogs} />)}
    </Menu>
  );
}

export function FilterChips() {
  const isOn = queryOf(place.value) !== "";
  const here = lateDialogs.here.value;
  return isOn && <div class="filters">{here ? <here.Chips /> : <ClearFilters />}</div>;
}

export function NothingFits() {
  return (
    <>
      <p>Filters are on, and nothing here fits them.</p>
      <ClearFilters />
    </>
  );
}

/** The focus goes where they are chosen: this button is not there any more. */
export function ClearFilters() {
  const clear = () => {
    void lists.unfilter();
    document.getElementById("filter")?.focus();
  };
  return (
    <button type="button" class="link" onClick={clear}>
      Clear the filters
    </button>
  );
}
