/** A reading, spread out. */

import { useCallback, useMemo } from "preact/hooks";
import { labelName } from "../../../i18n/names.ts";
import type { Reading } from "../../../ser/index.ts";
import { type ChartTheme, contourChart, LOUDNESS_COLOUR, PITCH_COLOUR, timelineChart } from "../../../views/charts.ts";
import { styleOf } from "../../../views/palette.ts";
import { describeReading, type ReadingText } from "../../../views/reading-text.ts";
import { useVoice } from "../language.ts";
import { ChartView } from "../parts/chart-view.tsx";
import { Legend } from "../parts/legend.tsx";
import { ScoreBars } from "../parts/score-bars.tsx";
import { TimelineTable } from "./timeline-table.tsx";
import { WaveformPlayer } from "./waveform-player.tsx";

interface ReadingViewProps {
  /** What was heard; it is played in the page only. */
  readonly file: File;
  readonly reading: Reading;
}

/** Headline, waveform, bars, timeline, and what the voice was like. */
export function ReadingView({ file, reading }: ReadingViewProps) {
  const t = useVoice();
  const text = useMemo(() => describeReading(reading, t), [reading, t]);
  const spoken = text.scores.length > 0;
  const timeline = useCallback((theme: ChartTheme) => timelineChart(reading, t, theme), [reading, t]);
  return (
    <article class="reading" aria-label={file.name}>
      <Headline name={file.name} text={text} label={reading.label} />
      <section class="card wide">
        <h3>{t("page.waveform")}</h3>
        <WaveformPlayer file={file} reading={reading} />
        {spoken && reading.timeline.length > 1 && (
          <>
            <h4>{t("reading.over-time")}</h4>
            <ChartView label={t("reading.over-time")} definition={timeline} />
            <Legend
              items={Object.keys(reading.scores).map((label) => ({
                name: labelName(label, t),
                colour: styleOf(label).colour,
              }))}
            />
            <TimelineTable timeline={reading.timeline} />
          </>
        )}
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
      <ContourCard reading={reading} />
      <footer class="wide">
        <p>{t("page.fallible")}</p>
        <p>
          {t("page.model")} {reading.model.name} {reading.model.version}
        </p>
      </footer>
    </article>
  );
}

function Headline({ name, text, label }: { name: string; text: ReadingText; label: string }) {
  const colour = text.kind === "emotion" ? styleOf(label).colour : undefined;
  return (
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
  );
}

function ContourCard({ reading }: { readonly reading: Reading }) {
  const t = useVoice();
  const names = useMemo(() => ({ pitch: t("profile.pitch"), loudness: t("profile.loudness") }), [t]);
  const definition = useCallback(
    (theme: ChartTheme) => contourChart(reading.profile.contour, names, theme),
    [reading, names],
  );
  return (
    <section class="card wide">
      <h3>{t("page.contour")}</h3>
      <ChartView label={t("page.contour")} definition={definition} />
      <Legend
        items={[
          { name: names.pitch, colour: PITCH_COLOUR },
          { name: names.loudness, colour: LOUDNESS_COLOUR },
        ]}
      />
    </section>
  );
}
