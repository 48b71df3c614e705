/** How a worker talks to Discord's REST. */

import type { REST, RESTOptions } from "@discordjs/rest";

/** The library's own options, such as timeouts and retries, and who watches the client. */
export interface RestSettings extends Partial<RESTOptions> {
  /** Is handed the client, to watch it. */
  readonly onRest?: ((rest: REST) => void) | undefined;
}
