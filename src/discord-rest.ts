/**
 * Clients for Discord's REST, and what every one of them must survive. Their errors are those of `@discordjs/rest`: discord.js loads
 * that package a second time, and what it exports under the same names are other classes.
 */

import { REST, RESTEvents, type RESTOptions } from "@discordjs/rest";

/** The library's own options, such as timeouts and retries, and who watches the client. */
export interface RestSettings extends Partial<RESTOptions> {
  /** Is handed the client, to watch it. */
  readonly onRest?: ((rest: REST) => void) | undefined;
}

/** No second ends later than this (ms), and hardly any wait that Discord asks for. */
const LATEST_END_MS = 60_000;

/**
 * A client for Discord's REST `api`, e.g. `https://discord.com/api`; without a token it can do only what needs none.
 * Rate limits are waited for inside; server errors are tried three times more, each for 15 seconds at most.
 */
export function discordRest(api: string, token?: string, { onRest, ...options }: RestSettings = {}): REST {
  const rest = new REST({ ...options, api, version: "10" });
  surviveClockChanges(rest);
  onRest?.(rest);
  return token === undefined ? rest : rest.setToken(token);
}

/**
 * Has the client begin a new second when the one that it counts requests in has moved into the future: the library's ends at a
 * time of day, and a clock that is set back makes it an hour.
 */
export function surviveClockChanges(rest: REST): void {
  rest.on(RESTEvents.Response, () => {
    if (rest.globalReset - Date.now() > LATEST_END_MS) rest.globalReset = -1;
  });
}
