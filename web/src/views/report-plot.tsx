/** The plot of a report, with its legend. What it shows stands in the table below it too. */

import { useEffect, useRef } from "preact/hooks";
import type { Report } from "../../../realtime/client/wire.gen.ts";
import { type Colours, draw, drawn, heightOf } from "../plots.ts";
import { theme } from "../theme.ts";

interface ReportPlotProps {
  report: Report;
  /** What it shows, for whoever does not see it. */
  says: string;
}

export function ReportPlot({ report, says }: ReportPlotProps) {
  const figure = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useRef<HTMLDivElement>(null);
  // Drawn anew with every change of how the page looks.
  const chosen = theme.value;
  useEffect(() => {
    if (!canvas.current || !figure.current) return;
    // Our policy takes no style of the markup; what a script sets is its own.
    if (room.current) room.current.style.blockSize = `${heightOf(report)}px`;
    const [drawnOn, around] = [canvas.current, figure.current];
    let plot = draw(drawnOn, report, coloursOf(around));
    const stop = watchLooks(() => {
      plot.destroy();
      plot = draw(drawnOn, report, coloursOf(around));
    });
    return () => {
      stop();
      plot.destroy();
    };
  }, [report, chosen]);
  return (
    <figure ref={figure} class="plot">
      <ul class="legend" aria-hidden="true">
        {drawn(report).map((at, place) => (
          <li key={at}>
            <span class={`swatch plot-${place % 6}`} />
            {report.columns[at]?.name}
          </li>
        ))}
      </ul>
      <div ref={room}>
        <canvas ref={canvas} role="img" aria-label={says} />
      </div>
    </figure>
  );
}

/** Read from the page, which knows light and dark. */
function coloursOf(figure: HTMLElement): Colours {
  const probe = document.createElement("span");
  figure.append(probe);
  const colour = (name: string) => {
    probe.className = name;
    return getComputedStyle(probe).backgroundColor;
  };
  const found = {
    columns: [0, 1, 2, 3, 4, 5].map((at) => colour(`plot-${at}`)),
    text: colour("plot-text"),
    line: colour("plot-line"),
    surface: colour("plot-surface"),
  };
  probe.remove();
  return found;
}

/** Acts at once whenever the page comes to look other than before: by the computer's switch, or on paper, which is light. */
function watchLooks(act: () => void): () => void {
  const page = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const look = (name: string) => {
    page.dataset.theme = name.toLowerCase();
    act();
  };
  const onPaper = () => look("light");
  const onScreen = () => look(theme.value);
  dark.addEventListener("change", act);
  addEventListener("beforeprint", onPaper);
  addEventListener("afterprint", onScreen);
  return () => {
    dark.removeEventListener("change", act);
    removeEventListener("beforeprint", onPaper);
    removeEventListener("afterprint", onScreen);
  };
}
