/** Overview and history: mood over time, page by page, and as files. */

import { Readable } from "node:stream";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { CLIP_WAYS } from "../../jobs/clip-job.ts";
import type { MoodCursor, MoodFilter } from "../../store/index.ts";
import { API } from "../api/index.ts";
import type { HistoryQuery, HistoryRow } from "../api/moods.ts";
import { csvHistory, jsonHistory } from "./history-file.ts";
import { moodOf } from "./mood-of.ts";
import type { DashboardParts } from "./parts.ts";
import { read, type Serve } from "./serve.ts";
import { stepsBetween } from "./steps.ts";

const DAY_MS = 86_400_000;
/** Today is compared with so many days. */
const USUAL_DAYS = 28;
/** Longest range in days, by step: about a thousand steps, and not more than is ever kept. */
const LONGEST_DAYS = { hour: 45, day: 366, week: 366 } as const;
/** Rows that an export reads at once. */
const EXPORT_PAGE = 1000;

/** Adds the endpoints. */
export function addMoods(serve: Serve, parts: DashboardParts): void {
  const { store, now } = parts;

  serve("overview", async ({ request, guildId }) => {
    const { zone } = read(API.overview.query, request.query);
    const at = now();
    const days = stepsBetween(new Date(at.getTime() - USUAL_DAYS * DAY_MS), at, "day", zone);
    const today = days[days.length - 1] ?? at;
    const all = { guildId, from: days[0] ?? at, to: at, zone };
    const [running, open, byDay, todays, usual] = await Promise.all([
      store.live.running(guildId),
      store.alerts.open(guildId),
      store.moods.steps(all, "day"),
      store.moods.total({ ...all, from: today }),
      store.moods.total({ ...all, to: today }),
    ]);
    const live = await Promise.all(
      running.map(async ({ id, channelId, startedAt }) => ({
        ...{ sessionId: id, channelId, startedAt: startedAt.toISOString() },
        speakers: (await store.live.speakers(id)).length,
      })),
    );
    return {
      ...{ live, today: moodOf(todays), usual: moodOf(usual), alertsOpen: open },
      days: days.map((day) => ({ at: day.toISOString(), mood: moodOf(byDay.get(day.getTime())) })),
    };
  });

  serve("history", async ({ request, guildId }) => {
    const query = read(API.history.query, request.query);
    const filter = filterOf(guildId, query);
    const [total, steps, week] = await Promise.all([
      store.moods.total(filter),
      store.moods.steps(filter, query.step),
      store.moods.week(filter),
    ]);
    const begins = stepsBetween(filter.from, filter.to, query.step, query.zone);
    return {
      total: moodOf(total),
      steps: begins.map((at) => ({ at: at.toISOString(), mood: moodOf(steps.get(at.getTime())) })),
      heat: [...week].map(([key, sum]) => ({ weekday: Math.floor(key / 24) + 1, hour: key % 24, mood: moodOf(sum) })),
    };
  });

  serve("historyTable", async ({ request, guildId }) => {
    const query = read(API.historyTable.query, request.query);
    const { after, limit } = query;
    const rows = await rowsOf(guildId, query, limit, after === undefined ? undefined : cursorOf(after));
    return { rows, next: rows.length === limit ? textOf(rows[rows.length - 1]) : null };
  });

  serve("historyExport", async ({ request, reply, guildId }) => {
    const query = read(API.historyExport.query, request.query);
    const pages = async function* () {
      let after: MoodCursor | undefined;
      for (;;) {
        const rows = await rowsOf(guildId, query, EXPORT_PAGE, after);
        yield* rows;
        const last = rows[rows.length - 1];
        if (!last || rows.length < EXPORT_PAGE) return;
        after = { ...last, at: new Date(last.at) };
      }
    };
    const isCsv = query.format === "csv";
    return reply
      .header("content-disposition", `attachment; filename="timbre-${query.from.slice(0, 10)}.${query.format}"`)
      .type(isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8")
      .send(Readable.from(isCsv ? csvHistory(pages()) : jsonHistory(pages())));
  });

  async function rowsOf(
    guildId: string,
    query: HistoryQuery,
    limit: number,
    after?: MoodCursor,
  ): Promise<HistoryRow[]> {
    const rows = await store.moods.rows(filterOf(guildId, query), query.step, limit, after);
    return rows.map(({ at, channelId, source, sum }) => ({
      ...{ at: at.toISOString(), channelId, source: sourceOf.parse(source), mood: moodOf(sum) },
    }));
  }
}

const sourceOf = z.enum(CLIP_WAYS);

/** @throws UserError `bad-request` for a range that is empty or too long. */
function filterOf(guildId: string, { from, to, channels, sources, step, zone }: HistoryQuery): MoodFilter {
  const lengthMs = Date.parse(to) - Date.parse(from);
  const days = LONGEST_DAYS[step];
  if (lengthMs <= 0) throw new UserError("bad-request", { detail: "to: must be after from" });
  if (lengthMs > days * DAY_MS)
    throw new UserError("bad-request", { detail: `from, to: at most ${days} days by ${step}` });
  // Whole steps only: from slices of one, what a single person said could be worked out.
  const begins = stepsBetween(new Date(from), new Date(to), step, zone);
  return { guildId, from: begins[0] ?? new Date(from), to: new Date(to), channelIds: channels, sources, zone };
}

const cursor = z.tuple([z.iso.datetime(), z.string(), z.string()]);

/** @throws UserError `bad-request` for a cursor that isn't ours. */
function cursorOf(text: string): MoodCursor {
  const parts = cursor.safeParse(text.split("_"));
  if (!parts.success) throw new UserError("bad-request", { detail: "after" });
  const [at, channelId, source] = parts.data;
  return { at: new Date(at), channelId: channelId || null, source };
}

function textOf(row: HistoryRow | undefined): string | null {
  return row ? [row.at, row.channelId ?? "", row.source].join("_") : null;
}
