/** Hears PostgreSQL's NOTIFY on a connection of its own, which is made anew when it breaks. */

import pg from "pg";

/** Wait before the connection is made anew, in ms. */
const RECONNECT_MS = 1000;
/** A connection that only listens doesn't notice that its wire is cut; so it is asked now and then, and has to answer. In ms. */
const BEAT = { everyMs: 20_000, withinMs: 10_000 };

/** A connection that listens. */
export interface Notifications {
  /** Ends the connection. */
  close(): Promise<void>;
}

/** What a listener is told. */
export interface NotificationEvents {
  /** Something was notified. */
  onPayload(payload: string): void;
  /** The connection was made anew; what was notified meanwhile is lost. */
  onGap(): void;
  /** The connection broke, or couldn't be made anew; it is tried again. */
  onError(error: Error): void;
}

/** Listens to a channel. @throws Error when the database can't be reached now. */
export async function openNotifications(
  connectionString: string,
  channel: string,
  events: NotificationEvents,
  beat = BEAT,
): Promise<Notifications> {
  let isClosed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const { withinMs } = beat;
    const next = new pg.Client({ connectionString, connectionTimeoutMillis: withinMs, query_timeout: withinMs });
    next.on("notification", ({ payload = "" }) => events.onPayload(payload));
    next.on("error", events.onError);
    next.once("end", () => {
      if (client !== next) return;
      client = undefined;
      later();
    });
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    if (isClosed) await next.end();
    else client = next;
  };
  let answering: pg.Client | undefined;
  const pulse = setInterval(async () => {
    const asked = client;
    if (asked === undefined || asked === answering) return;
    answering = asked;
    // A client whose question hangs is cut off by this, and ends.
    await asked.query("select 1").catch(() => asked.end());
    if (answering === asked) answering = undefined;
  }, beat.everyMs).unref();
  const later = () => {
    if (isClosed) return;
    timer = setTimeout(() => {
      connect().then(events.onGap, (error: Error) => {
        events.onError(error);
        later();
      });
    }, RECONNECT_MS);
  };

  const stop = () => {
    isClosed = true;
    clearTimeout(timer);
    clearInterval(pulse);
  };
  await connect().catch((error: unknown) => {
    stop();
    throw error;
  });
  return {
    async close() {
      stop();
      const last = client;
      client = undefined;
      await last?.end();
    },
  };
}
