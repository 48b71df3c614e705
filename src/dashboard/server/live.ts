/** What happens now: the live sessions that run, and a stream of events. */

import { PassThrough } from "node:stream";
import { UserError } from "../../errors.ts";
import { API } from "../api/index.ts";
import { useGuild } from "./access.ts";
import { namesOf } from "./guilds.ts";
import { whoAsks } from "./identity.ts";
import { eventOf } from "./live-event.ts";
import type { DashboardParts } from "./parts.ts";
import { type Call, read, type Serve } from "./serve.ts";
import type { EventHub } from "./stream.ts";

/** Readings of so long (ms) are there when a page opens. */
const LATELY_MS = 10 * 60_000;
/** Whether a page may still see what it follows is asked this often (ms). */
const RECHECK_MS = 5 * 60_000;
/** How long (ms) a browser waits before it connects anew. */
const RETRY_MS = 2000;
/** Streams that one address may open in a minute. */
const STREAMS_PER_MINUTE = 300;

/** Adds the endpoints. */
export function addLive(serve: Serve, parts: DashboardParts, hub: EventHub): void {
  const { store, directory, now } = parts;

  serve("live", async ({ guildId }) => {
    // First, so that nothing falls between what is read here and the stream.
    const lastEventId = await store.changes.latest();
    const running = await store.live.running(guildId);
    const sessions = await Promise.all(
      running.map(async ({ id, channelId, startedAt, health }) => {
        const speakers = await store.live.speakers(id);
        const names = await namesOf(directory, guildId, speakers);
        return {
          ...{ sessionId: id, channelId, startedAt: startedAt.toISOString(), health },
          speakers: speakers.map((userId) => ({ id: userId, name: names.get(userId) ?? null })),
        };
      }),
    );
    const since = new Date(now().getTime() - LATELY_MS);
    const lately = running.length > 0 ? await store.changes.readings(guildId, since) : [];
    const channels = new Set(running.map(({ channelId }) => channelId));
    const readings = lately.flatMap((change) => {
      const event = eventOf(change);
      return event.kind === "reading" && event.channelId && channels.has(event.channelId) ? [event] : [];
    });
    return { lastEventId, sessions, readings };
  });

  serve(
    "events",
    async (call) => {
      const { request, reply, guildId } = call;
      const { after } = read(API.events.query, request.query);
      const last = request.headers["last-event-id"];
      const from = typeof last === "string" && /^\d{1,15}$/.test(last) ? Number(last) : after;
      const out = new PassThrough();
      out.write(`retry: ${RETRY_MS}\n\n`);
      const leave = await hub.follow(guildId, from, out);
      const recheck = setInterval(() => {
        stillMay(parts, call).then(
          (may) => may || out.end(),
          (error: unknown) => request.log.warn({ reason: String(error) }, "a stream's permission can't be checked"),
        );
      }, RECHECK_MS);
      const end = () => {
        clearInterval(recheck);
        leave();
        out.destroy();
      };
      out.once("close", end);
      request.raw.once("close", end);
      // No proxy should hold it back to send more at once.
      return reply.type("text/event-stream").header("x-accel-buffering", "no").send(out);
    },
    { perMinute: STREAMS_PER_MINUTE },
  );
}

/** Whether whoever opened a stream is still signed in and moderates the server. */
async function stillMay(parts: DashboardParts, { request, guildId }: Call): Promise<boolean> {
  try {
    await useGuild(parts, await whoAsks(request, parts), guildId);
    return true;
  } catch (error) {
    if (error instanceof UserError && (error.code === "not-signed-in" || error.code === "no-guild")) return false;
    throw error;
  }
}
