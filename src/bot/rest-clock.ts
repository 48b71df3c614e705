/** discord.js counts its requests in a second that ends at a time of day; a clock that is set back makes it an hour. */

import { type REST, RESTEvents } from "discord.js";

/** No second ends later than this (ms), and hardly any wait that Discord asks for. */
const LATEST_END_MS = 60_000;

/** Has the client begin a new second when the one that it counts in has moved into the future. */
export function surviveClockChanges(rest: REST): void {
  rest.on(RESTEvents.Response, () => {
    if (rest.globalReset - Date.now() > LATEST_END_MS) rest.globalReset = -1;
  });
}
