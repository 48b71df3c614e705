import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { createMetrics } from "../../src/metrics/index.ts";

/** Metrics to which everything has happened once. */
function busyMetrics() {
  const metrics = createMetrics({ version: "1", roles: "all" });
  metrics.clips.stage("fetch", 250);
  metrics.clips.ended("read", 1500);
  metrics.analysed({ decodeMs: 1, inferenceMs: 2, profileMs: 3, audioMs: 4000 });
  metrics.watchQueue("clips", async () => ({ jobs: { waiting: 7, active: 1 }, headAgeMs: 2500 }));
  metrics.watchQueue("utterances", () => Promise.reject(new Error("away")));
  return metrics;
}

test("times are in seconds, and a queue that can't be asked has no figures", async () => {
  const text = await busyMetrics().text();
  for (const line of [
    'timbre_clip_stage_seconds_sum{stage="fetch"} 0.25',
    "timbre_clip_answer_seconds_sum 1.5",
    "timbre_audio_analysed_seconds_total 4",
    'timbre_queue_jobs{queue="clips",state="waiting"} 7',
    'timbre_queue_head_age_seconds{queue="clips"} 2.5',
  ])
    expect(text).toContain(`\n${line}\n`);
  expect(text).not.toContain('queue="utterances"');
});

test("what is heard in channels adds up, and drops have their reasons", async () => {
  const metrics = createMetrics({ version: "1", roles: "bot" });
  const dropped = { "too-short": 0, undecryptable: 1 };
  for (const audioMs of [500, 0]) metrics.heard({ speakingMs: 1000, audioMs, utterances: 1, dropped });
  const text = await metrics.text();
  for (const line of [
    "timbre_voice_speaking_seconds_total 2",
    "timbre_voice_audio_seconds_total 0.5",
    "timbre_voice_audio_received_ratio 0.25",
    "timbre_utterances_total 2",
    'timbre_utterances_dropped_total{reason="undecryptable"} 2',
  ])
    expect(text).toContain(`\n${line}\n`);
});

test("Grafana's board asks for nothing that there isn't, and for everything that is ours", async () => {
  const file = join(import.meta.dirname, "..", "..", "docs", "grafana", "timbre.json");
  const target = z.object({ expr: z.string() });
  const board = z
    .object({ panels: z.array(z.object({ targets: z.array(target).default([]) })) })
    .parse(JSON.parse(await readFile(file, "utf8")));
  const asked = board.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b[a-z]+_[a-z0-9_]+/g) ?? []),
  );
  const named = [...(await busyMetrics().text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const there = named.flatMap(([, name = "", type]) =>
    type === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  const ours = named.map(([, name = ""]) => name).filter((name) => name.startsWith("timbre_"));
  const PROMQL = ["histogram_quantile"];
  expect(asked.filter((name) => !there.includes(name) && !PROMQL.includes(name))).toEqual([]);
  expect(ours.filter((name) => !asked.some((each) => each.startsWith(name)))).toEqual([]);
});
