/** The *Try it* page: a file or a voice in, a reading out. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Translate } from "../../../i18n/translate.ts";
import type { Reading } from "../../../ser/index.ts";
import { describeReading } from "../../../views/reading-text.ts";
import { useVoice } from "../language.ts";
import { lazy } from "../parts/lazy.tsx";
import { Problem } from "../parts/problem.tsx";
import { sentenceOf } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { analyse, type Progress } from "./analyse.ts";
import { DropZone } from "./drop-zone.tsx";
import { Microphone } from "./microphone.tsx";
import { ProgressView } from "./progress-view.tsx";

/** With it come the charts, which nobody needs before there is something to show. */
const ReadingView = lazy(async () => (await import("./reading-view.tsx")).ReadingView);

type Step =
  | { readonly kind: "idle" }
  | { readonly kind: "working"; readonly name: string; readonly progress: Progress }
  | { readonly kind: "done"; readonly file: File; readonly reading: Reading }
  | { readonly kind: "failed"; readonly sentence: string };

/** The page. A new file may come at any time; it takes the place of the one under way. */
export function TryIt() {
  const t = useVoice();
  const [step, setStep] = useState<Step>({ kind: "idle" });
  const underWay = useRef<AbortController>(undefined);

  const take = async (file: File) => {
    underWay.current?.abort();
    const controller = new AbortController();
    underWay.current = controller;
    const { signal } = controller;
    const show = (next: Step) => {
      if (!signal.aborted) setStep(next);
    };
    try {
      const tell = (progress: Progress) => show({ kind: "working", name: file.name, progress });
      show({ kind: "done", file, reading: await analyse(file, tell, signal) });
    } catch (error) {
      show({ kind: "failed", sentence: sentenceOf(error, t) });
    }
  };
  useEffect(() => () => underWay.current?.abort(), []);
  useTitle(step.kind === "done" ? describeReading(step.reading, t).headline : t("page.nav-try"));

  return (
    <div class="try">
      <header class="intro">
        <h1 tabIndex={-1}>{t("page.title")}</h1>
        <p>{t("page.intro")}</p>
      </header>
      <DropZone compact={step.kind !== "idle"} onFile={take} />
      <Microphone onFile={take} onProblem={(sentence) => setStep({ kind: "failed", sentence })} />
      <div role="status" class="visually-hidden">
        {statusOf(step, t)}
      </div>
      {step.kind === "working" && <ProgressView name={step.name} progress={step.progress} />}
      {step.kind === "failed" && <Problem sentence={step.sentence} />}
      {step.kind === "done" && <ReadingView file={step.file} reading={step.reading} />}
    </div>
  );
}

/** What a screen reader says when a step begins; errors speak for themselves. */
function statusOf(step: Step, t: Translate): string {
  if (step.kind === "working") {
    const { kind } = step.progress;
    return t(`page.${kind}`, { name: step.name });
  }
  return step.kind === "done" ? describeReading(step.reading, t).altText : "";
}
