/** The *Try it* page: a file in, a reading out. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Translate } from "../../i18n/index.ts";
import type { Reading } from "../../ser/index.ts";
import { describeReading } from "../../views/reading-text.ts";
import { ApiError, analyse, type Progress } from "./api.ts";
import { DropZone } from "./drop-zone.tsx";
import { ProgressView } from "./progress-view.tsx";
import { ReadingView } from "./reading-view.tsx";

type Step =
  | { readonly kind: "idle" }
  | { readonly kind: "working"; readonly name: string; readonly progress: Progress }
  | { readonly kind: "done"; readonly name: string; readonly reading: Reading }
  | { readonly kind: "failed"; readonly sentence: string };

/** The page. A new file may come at any time; it takes the place of the one under way. */
export function TryIt({ t }: { readonly t: Translate }) {
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
      show({ kind: "done", name: file.name, reading: await analyse(file, tell, signal) });
    } catch (error) {
      const sentence = error instanceof ApiError ? error.sentence : undefined;
      show({ kind: "failed", sentence: sentence ?? t("page.offline") });
    }
  };
  useEffect(() => () => underWay.current?.abort(), []);
  useEffect(() => {
    document.title = step.kind === "done" ? `${describeReading(step.reading, t).headline} · Timbre` : "Timbre";
  }, [step, t]);

  return (
    <main>
      <header>
        <Logo />
        <h1>{t("page.title")}</h1>
        <p>{t("page.intro")}</p>
      </header>
      <DropZone t={t} compact={step.kind !== "idle"} onFile={take} />
      <div role="status" class="visually-hidden">
        {statusOf(step, t)}
      </div>
      {step.kind === "working" && <ProgressView t={t} name={step.name} progress={step.progress} />}
      {step.kind === "failed" && (
        <section class="card failure" role="alert">
          <h2>{t("page.failed")}</h2>
          <p>{step.sentence}</p>
        </section>
      )}
      {step.kind === "done" && <ReadingView t={t} name={step.name} reading={step.reading} />}
    </main>
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

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M7 14v4M13 10v12M19 6v20M25 12v8" />
    </svg>
  );
}
