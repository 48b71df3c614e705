/** A chart on the page, in the colours of the reader's scheme. */

import type { ChartConfiguration } from "chart.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { Chart, type ChartTheme, DARK, LIGHT } from "../../views/charts.ts";

interface ChartViewProps {
  /** What the chart shows, for those who can't see it. */
  readonly label: string;
  /** Makes the definition for a theme. */
  definition(theme: ChartTheme): ChartConfiguration<"line", unknown[]>;
}

const DARK_SCHEME = matchMedia("(prefers-color-scheme: dark)");
const FONT = { fontFamily: "Inter, system-ui, sans-serif", fontSize: 12 };

/** Draws a definition that is shared with the pictures; drawn anew when the scheme changes. */
export function ChartView({ label, definition }: ChartViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [dark, setDark] = useState(DARK_SCHEME.matches);
  useEffect(() => {
    const follow = () => setDark(DARK_SCHEME.matches);
    DARK_SCHEME.addEventListener("change", follow);
    return () => DARK_SCHEME.removeEventListener("change", follow);
  }, []);
  useEffect(() => {
    if (!canvas.current) return;
    const { options, ...rest } = definition({ ...(dark ? DARK : LIGHT), ...FONT });
    const chart = new Chart(canvas.current, {
      ...rest,
      options: { ...options, responsive: true, maintainAspectRatio: false },
    });
    return () => chart.destroy();
  }, [dark, definition]);
  return (
    <div class="chart">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
