/**
 * What Timbre counts and measures, in Prometheus' terms. The parts of the house know nothing of Prometheus: they take
 * small objects and callbacks of their own, and `main` hands them those of `Metrics`.
 *
 * Names say their units. No label ever holds anything about a person or a server.
 */

import { type REST, RESTEvents } from "@discordjs/rest";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** How many jobs a queue holds in each state, and for how long (ms) the next one has waited; 0 when none waits. */
export interface QueueFigures {
  readonly jobs: Readonly<Record<string, number>>;
  readonly headAgeMs: number;
}

/** How long the parts of one analysis took, and how much audio they were about, in ms. */
interface AnalysisTimes {
  readonly decodeMs: number;
  readonly inferenceMs: number;
  readonly profileMs: number;
  readonly audioMs: number;
}

/** How long (ms) people with consent spoke since the last time, how much of it arrived, and what became of it. */
interface HeardSince {
  readonly speakingMs: number;
  readonly audioMs: number;
  readonly utterances: number;
  readonly dropped: Readonly<Record<string, number>>;
}

/** All that is counted. */
export interface Metrics {
  /** Everything as text, as Prometheus reads it. */
  text(): Promise<string>;
  /** Its content type. */
  readonly contentType: string;
  /** For a worker. */
  readonly clips: {
    stage(stage: string, durationMs: number): void;
    ended(outcome: string, sinceAskedMs: number): void;
  };
  /** For an analyzer. */
  analysed(times: AnalysisTimes): void;
  /** For whoever listens in voice channels. */
  heard(since: HeardSince): void;
  /** Counts what Discord answers to a client, and how often it had to wait. */
  watchRest(rest: Pick<REST, "on">): void;
  /** Asks a queue whenever Prometheus asks. */
  watchQueue(name: string, figures: () => Promise<QueueFigures>): void;
}

/** From a millisecond for a stage to minutes in a queue. */
const STAGE_BUCKETS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const ANSWER_BUCKETS_S = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900];
const S = 1000;

/** Starts to count. `version` is Timbre's, `roles` those of this process. */
export function createMetrics({ version, roles }: { readonly version: string; readonly roles: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    ...{ registers, name: "timbre_build_info", help: "Always 1; the labels say what runs." },
    labelNames: ["version", "roles"],
  }).set({ version, roles }, 1);

  const stages = new Histogram({
    ...{ registers, name: "timbre_clip_stage_seconds", labelNames: ["stage"], buckets: STAGE_BUCKETS_S },
    help: "Time of one stage of a clip: wait, fetch, analysis (of which decode, inference, profile), answer.",
  });
  const answers = new Histogram({
    ...{ registers, name: "timbre_clip_answer_seconds", buckets: ANSWER_BUCKETS_S },
    help: "Time from a question to the end of its answer.",
  });
  const clips = new Counter({
    ...{ registers, name: "timbre_clips_total", labelNames: ["outcome"] },
    help: "Ends of clips' jobs: read, refused, given-up, try-failed, returned.",
  });
  const audio = new Counter({
    ...{ registers, name: "timbre_audio_analysed_seconds_total", help: "Audio that was analysed." },
  });
  const speaking = new Counter({
    ...{ registers, name: "timbre_voice_speaking_seconds_total" },
    help: "How long people with consent spoke in voice channels.",
  });
  const received = new Counter({
    ...{ registers, name: "timbre_voice_audio_seconds_total" },
    help: "How much of their speech arrived as audio.",
  });
  let spokenMs = 0;
  let heardMs = 0;
  new Gauge({
    ...{ registers, name: "timbre_voice_audio_received_ratio" },
    help: "Share of their speech that arrived since the start, 0 to 1; NaN while nobody spoke.",
    collect() {
      this.set(spokenMs > 0 ? Math.min(1, heardMs / spokenMs) : Number.NaN);
    },
  });
  const utterances = new Counter({
    ...{ registers, name: "timbre_utterances_total", help: "Utterances that were handed to the queue." },
  });
  const drops = new Counter({
    ...{ registers, name: "timbre_utterances_dropped_total", labelNames: ["reason"] },
    help: "Utterances that were dropped, by reason.",
  });
  const responses = new Counter({
    ...{ registers, name: "timbre_discord_responses_total", labelNames: ["status"] },
    help: "Discord's answers to REST requests, by HTTP status.",
  });
  const rateLimits = new Counter({
    ...{ registers, name: "timbre_discord_rate_limits_total", labelNames: ["scope", "method"] },
    help: "Requests that had to wait for one of Discord's rate limits.",
  });
  const queues = queueGauges(registers);

  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    clips: {
      stage: (stage, durationMs) => stages.observe({ stage }, durationMs / S),
      ended(outcome, sinceAskedMs) {
        clips.inc({ outcome });
        if (outcome === "read" || outcome === "refused") answers.observe(sinceAskedMs / S);
      },
    },
    analysed({ decodeMs, inferenceMs, profileMs, audioMs }) {
      for (const [stage, ms] of Object.entries({ decode: decodeMs, inference: inferenceMs, profile: profileMs }))
        stages.observe({ stage }, ms / S);
      audio.inc(audioMs / S);
    },
    heard({ speakingMs, audioMs, utterances: count, dropped }) {
      spokenMs += speakingMs;
      heardMs += audioMs;
      speaking.inc(speakingMs / S);
      received.inc(audioMs / S);
      utterances.inc(count);
      for (const [reason, number] of Object.entries(dropped)) drops.inc({ reason }, number);
    },
    watchRest(rest) {
      rest.on(RESTEvents.Response, (_request, { status }) => responses.inc({ status: String(status) }));
      rest.on(RESTEvents.RateLimited, ({ global, method }) =>
        rateLimits.inc({ scope: global ? "global" : "route", method }),
      );
    },
    watchQueue: queues.watch,
  };
}

/** Depth and age of the queues; a queue that can't be asked has no figures, rather than old ones. */
function queueGauges(registers: Registry[]) {
  const watched = new Map<string, () => Promise<QueueFigures>>();
  let asking: Promise<void> | undefined;
  // Both gauges are collected at once, and the queues are asked once.
  const collect = () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const jobs = new Gauge({
    ...{ registers, name: "timbre_queue_jobs", labelNames: ["queue", "state"], collect },
    help: "Jobs in a queue, by state.",
  });
  const age = new Gauge({
    ...{ registers, name: "timbre_queue_head_age_seconds", labelNames: ["queue"], collect },
    help: "For how long the next job has waited.",
  });

  async function ask(): Promise<void> {
    jobs.reset();
    age.reset();
    const answers = [...watched].map(async ([queue, figures]) => {
      const { jobs: counts, headAgeMs } = await figures();
      for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count);
      age.set({ queue }, headAgeMs / S);
    });
    await Promise.allSettled(answers);
  }

  return {
    watch(name: string, figures: () => Promise<QueueFigures>) {
      watched.set(name, figures);
    },
  };
}
