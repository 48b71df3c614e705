/** The clip as a waveform in the colours of what was heard, which can be listened to again. */

import { useCallback } from "preact/hooks";
import { labelName } from "../../../i18n/names.ts";
import type { Reading } from "../../../ser/index.ts";
import type { ChartTheme } from "../../../views/charts.ts";
import { clock, formatsOf } from "../../../views/formats.ts";
import { heardAt } from "../../../views/heard-at.ts";
import { styleOf } from "../../../views/palette.ts";
import { waveformChart } from "../../../views/waveform.ts";
import { useVoice } from "../language.ts";
import { ChartView } from "../parts/chart-view.tsx";
import { Icon } from "../parts/icons.tsx";

import { usePlayback } from "./use-playback.ts";

interface WaveformPlayerProps {
  readonly file: File;
  readonly reading: Reading;
}

/** Waveform, a line where the playback is, and what was heard there. The sound never leaves the page again. */
export function WaveformPlayer({ file, reading }: WaveformPlayerProps) {
  const t = useVoice();
  const { percent } = formatsOf(t);
  const { playable, playing, positionMs, toggle, seek } = usePlayback(file);
  const definition = useCallback((theme: ChartTheme) => waveformChart(reading, theme), [reading]);
  const heard = heardAt(reading, positionMs);
  const words = heard ? `${labelName(heard.label, t)} ${percent(heard.share)}` : labelName("no-speech", t);
  const share = reading.durationMs > 0 ? Math.min(1, positionMs / reading.durationMs) : 0;
  return (
    <div class="player">
      <div class="track-wave">
        <ChartView label={t("page.waveform")} definition={definition} class="wave" />
        {playable && (
          <div class="seek">
            <span class="head" style={{ left: `${share * 100}%` }} aria-hidden="true" />
            <input
              type="range"
              min={0}
              max={Math.round(reading.durationMs)}
              step={100}
              value={Math.round(positionMs)}
              aria-label={t("page.position")}
              aria-valuetext={`${clock(positionMs)}, ${words}`}
              onInput={({ currentTarget }) => seek(Number(currentTarget.value))}
            />
          </div>
        )}
      </div>
      {playable ? (
        <div class="row">
          <button type="button" class="primary" onClick={toggle}>
            <Icon name={playing ? "pause" : "play"} /> {t(playing ? "page.pause" : "page.play")}
          </button>
          <time>{`${clock(positionMs)} / ${clock(reading.durationMs)}`}</time>
          <span class="heard">
            <span class="dot" style={{ background: heard ? styleOf(heard.label).colour : "var(--line)" }} />
            {words}
          </span>
        </div>
      ) : (
        <p class="note">{t("page.unplayable")}</p>
      )}
    </div>
  );
}
