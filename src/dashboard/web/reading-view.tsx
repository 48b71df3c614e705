/** A reading, spread out. */

import { useMemo } from "preact/hooks";
import { labelName, type Translate } from "../../i18n/index.ts";
import type { Reading } from "../../ser/index.ts";
import { contourChart, LOUDNESS_COLOUR, PITCH_COLOUR, timelineChart } from "../../views/charts.ts";
import { styleOf } from "../../views/palette.ts";
import { describeReading } from "../../views/reading-text.ts";
import { ChartView } from "./chart-view.tsx";
import { ScoreBars } from "./score-bars.tsx";
import { Legend, TimelineTable } from "./timeline-parts.tsx";

interface ReadingViewProps {
  readonly t: Translate;
  readonly name: string;
  readonly reading: Reading;
}

/** Headline, bars, timeline, and what the voice was like. */
export function ReadingView({ t, name, reading }: ReadingViewProps) {
  const text = useMemo(() => describeReading(reading, t), [reading, t]);
  const colour = text.kind === "emotion" ? styleOf(reading.label).colour : undefined;
  const { contour } = reading.profile;
  const spoken = text.scores.length > 0;
  const emotions = Object.keys(reading.scores).map((label) => ({
    name: labelName(label, t),
    colour: styleOf(label).colour,
  }));
  const names = { pitch: t("profile.pitch"), loudness: t("profile.loudness") };
  return (
    <article class="reading" aria-label={name}>
      <section class="card headline" style={colour ? { "--emotion": colour } : {}} data-kind={text.kind}>
        <span class="emoji" aria-hidden="true">
          {text.emoji}
        </span>
        <div>
          <p class="file">{name}</p>
          <h2>{text.title}</h2>
          <p>{text.explanation}</p>
        </div>
      </section>
      {spoken && (
        <section class="card">
          <h3>{t("page.scores")}</h3>
          <ScoreBars rows={text.scores} />
        </section>
      )}
      {text.dimensions.length > 0 && (
        <section class="card">
          <h3>{t("reading.dimensions")}</h3>
          <ScoreBars rows={text.dimensions} />
        </section>
      )}
      <section class={spoken || text.dimensions.length > 0 ? "card" : "card wide"}>
        <h3>{t("page.profile")}</h3>
        <dl class="profile">
          {text.profile.map((row) => (
            <div key={row.name}>
              <dt>{row.name}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
      </section>
      {spoken && reading.timeline.length > 1 && (
        <section class="card wide">
          <h3>{t("reading.over-time")}</h3>
          <ChartView label={t("reading.over-time")} definition={(theme) => timelineChart(reading, t, theme)} />
          <Legend items={emotions} />
          <TimelineTable timeline={reading.timeline} t={t} />
        </section>
      )}
      <section class="card wide">
        <h3>{t("page.contour")}</h3>
        <ChartView label={t("page.contour")} definition={(theme) => contourChart(contour, names, theme)} />
        <Legend
          items={[
            { name: names.pitch, colour: PITCH_COLOUR },
            { name: names.loudness, colour: LOUDNESS_COLOUR },
          ]}
        />
      </section>
      <footer class="wide">
        <p>{t("page.fallible")}</p>
        <p>
          {t("page.model")} {reading.model.name} {reading.model.version}
        </p>
      </footer>
    </article>
  );
}
