"""What a file looks like, gathered while its lines go by: columns, samples, guesses, and how its dates are written."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from server.importing import dates, headers
from server.importing.columns import Columns, DateOrder, Field
from server.importing.lines import Line, Opened

SAMPLES, SAMPLE = 3, 40


class Column(msgspec.Struct, frozen=True):
    """One column: its name, a few of its cells, what we take it for, and whether that is sure."""

    name: str
    samples: list[str]
    guess: Field | None
    sure: bool


class DatesSeen(msgspec.Struct, frozen=True):
    """How many dates of a column can only be read in one way, and how many in both.

    `two_digits` are those whose year has only two, `day_numbers` are days as Excel counts them.
    """

    clear: int = 0
    month_first: int = 0
    day_first: int = 0
    either: int = 0
    two_digits: int = 0
    day_numbers: int = 0

    @property
    def order(self) -> DateOrder | None:
        """The order that they prove; none where nothing does, or they contradict each other."""
        if bool(self.month_first) == bool(self.day_first):
            return None
        return "month_first" if self.month_first else "day_first"

    @property
    def needs_order(self) -> bool:
        """Whether a person has to say it."""
        return self.order is None and bool(self.either or self.month_first)


class Look(msgspec.Struct, frozen=True):
    """What was found out about a file. `dates` are of each column, in their order.

    `encoding`, `delimiter` and `sheet` say how it was read, where it has such a thing.
    """

    format: str
    rows: int
    columns: list[Column]
    dates: list[DatesSeen]
    has_header: bool
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    other_sheets: int = 0

    @property
    def suggested(self) -> Columns:
        """The columns as we take them to be."""
        fields = [column.guess for column in self.columns]
        return Columns(fields, self._dates_of(fields).order)

    def needs_order(self, fields: Sequence[Field | None]) -> bool:
        """Whether somebody has to say if the month or the day comes first, with these columns."""
        return self._dates_of(fields).needs_order

    def order_of(self, fields: Sequence[Field | None]) -> DateOrder | None:
        """What the dates themselves prove, with these columns."""
        return self._dates_of(fields).order

    def _dates_of(self, fields: Sequence[Field | None]) -> DatesSeen:
        known = zip(fields, self.dates, strict=False)
        return next((seen for field, seen in known if field is Field.DATE_OF_BIRTH), DatesSeen())


class Looking:
    """Give it each line as it goes by, then ask what was seen."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._samples: list[list[str]] = [[] for _ in opened.header]
        self._shapes: list[Counter[str]] = [Counter() for _ in opened.header]
        self._rows = 0

    def see(self, line: Line) -> None:
        """A line goes by."""
        self._rows += 1
        for _ in range(len(line.cells) - len(self._samples)):
            self._samples.append([])
            self._shapes.append(Counter())
        for index, cell in enumerate(line.cells):
            if text := cell.strip():
                self._see_cell(index, text)

    def _see_cell(self, index: int, text: str) -> None:
        samples = self._samples[index]
        if len(samples) < SAMPLES:
            samples.append(text[:SAMPLE])
        if len(text) <= SAMPLE and (said := dates.written(text)).is_date:
            self._shapes[index][said.shape] += 1
            self._shapes[index]["two_digits"] += len(said.year) == 2
        elif dates.is_day_number(text):
            self._shapes[index]["day_numbers"] += 1

    def found(self) -> Look:
        """What was seen.

        :raises Refusal: `empty_file`
        """
        if not self._rows:
            raise headers.nothing_there()
        names = self._opened.header or tuple(f"Column {number + 1}" for number in range(len(self._samples)))
        taken = headers.guesses(names)
        columns = [
            Column(name, samples, _by_samples(guess, samples), sure)
            for name, samples, (guess, sure) in zip(names, self._samples, taken, strict=True)
        ]
        return Look(
            self._opened.format,
            self._rows,
            columns,
            [DatesSeen(**shapes) for shapes in self._shapes],
            bool(self._opened.header),
            self._opened.encoding,
            self._opened.delimiter,
            self._opened.sheet,
            self._opened.other_sheets,
        )


def _by_samples(guess: Field | None, samples: Sequence[str]) -> Field | None:
    """A whole name has the last one first where there are commas."""
    is_turned = guess is Field.LAST_FIRST and not any("," in sample for sample in samples)
    return Field.FIRST_LAST if is_turned else guess
