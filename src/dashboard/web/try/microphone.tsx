/** Speaking into the page instead of giving it a file. */

import { useEffect, useRef, useState } from "preact/hooks";
import { clock } from "../../../views/formats.ts";
import { useVoice } from "../language.ts";
import { Icon } from "../parts/icons.tsx";
import { LiveWaveform } from "./live-waveform.tsx";
import { CAN_RECORD, LONGEST_RECORDING_MS, type Recording, record } from "./recorder.ts";

interface MicrophoneProps {
  onFile(file: File): void;
  /** Told with a sentence when there is nothing to record with. */
  onProblem(sentence: string): void;
}

/** A button that records, and while it does the waveform, the time, and how to end it. */
export function Microphone({ onFile, onProblem }: MicrophoneProps) {
  const t = useVoice();
  const [startedAt, setStartedAt] = useState<number>();
  const [elapsedMs, setElapsedMs] = useState(0);
  const amplitudes = useRef<number[]>([]);
  const recording = useRef<Recording>(undefined);

  const begin = async () => {
    if (!CAN_RECORD) return onProblem(t("page.microphone-insecure"));
    amplitudes.current = [];
    try {
      recording.current = await record(t("page.recording"), (amplitude) => amplitudes.current.push(amplitude));
      setElapsedMs(0);
      setStartedAt(performance.now());
    } catch (error) {
      const refused = error instanceof DOMException && error.name === "NotAllowedError";
      onProblem(t(refused ? "page.microphone-refused" : "page.microphone-missing"));
    }
  };
  const end = async (keep: boolean) => {
    const current = recording.current;
    recording.current = undefined;
    setStartedAt(undefined);
    if (keep && current) onFile(await current.finish());
    else current?.discard();
  };

  useEffect(() => {
    if (startedAt === undefined) return;
    const timer = setInterval(() => {
      const passed = performance.now() - startedAt;
      setElapsedMs(passed);
      if (passed >= LONGEST_RECORDING_MS) void end(true);
    }, 200);
    return () => clearInterval(timer);
  });
  useEffect(() => () => recording.current?.discard(), []);

  if (startedAt === undefined) {
    return (
      <button type="button" class="record" onClick={begin}>
        <Icon name="try" /> {t("page.record")}
      </button>
    );
  }
  return (
    <section class="card recording" aria-label={t("page.record-on")}>
      <LiveWaveform amplitudes={amplitudes.current} label={t("page.record-on")} />
      <p class="visually-hidden" role="status">
        {t("page.record-on")}
      </p>
      <div class="row">
        <time>{`${clock(elapsedMs)} / ${clock(LONGEST_RECORDING_MS)}`}</time>
        <button type="button" class="quiet" onClick={() => end(false)}>
          {t("page.record-discard")}
        </button>
        <button type="button" class="primary" onClick={() => end(true)}>
          <Icon name="stop" /> {t("page.record-finish")}
        </button>
      </div>
    </section>
  );
}
