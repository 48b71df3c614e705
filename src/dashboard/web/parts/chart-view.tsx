/** A chart on the page, in the colours of the reader's scheme. */

import type { ChartConfiguration } from "chart.js";
import { useEffect, useRef } from "preact/hooks";
import { type BarChart, Chart, type ChartTheme, DARK, LIGHT } from "../../../views/charts.ts";
import { useDark } from "../theme.ts";

interface ChartViewProps<Point> {
  /** What the chart shows, for those who can't see it. */
  readonly label: string;
  /** Makes the definition for a theme; the chart is made anew when this is another function. */
  readonly definition: (theme: ChartTheme) => BarChart | ChartConfiguration<"line", Point[]>;
  /** Another class for another height. */
  readonly class?: string;
}

const FONT = { fontFamily: "Inter, system-ui, sans-serif", fontSize: 12 };

/** Draws a definition that is shared with the pictures; drawn anew when the scheme changes. */
export function ChartView<Point>({ label, definition, class: height = "" }: ChartViewProps<Point>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDark();
  useEffect(() => {
    if (!canvas.current) return;
    const { options, ...rest } = definition({ ...(dark ? DARK : LIGHT), ...FONT });
    const chart = new Chart<"bar" | "line", unknown[], unknown>(canvas.current, {
      ...rest,
      options: { ...options, responsive: true, maintainAspectRatio: false },
    });
    return () => chart.destroy();
  }, [dark, definition]);
  return (
    <div class={`chart ${height}`}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
