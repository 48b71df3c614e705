/**
 * Decides when the library may join. By itself it rejoins after every close at once, and for ever: a hundred times
 * a second where the voice server refuses it. Behind this gate it joins when recovery says so, and not otherwise.
 */

import type { DiscordGatewayAdapterCreator } from "@discordjs/voice";
import { z } from "zod";

const leaving = z.object({ d: z.object({ channel_id: z.null() }) });

/** The gate of one connection. */
export class JoinGate {
  #allowed = 0;

  /** Lets the next join through. */
  allow(): void {
    this.#allowed = 1;
  }

  /** Puts the gate between the library and Discord. A join that isn't allowed leaves the library `disconnected`. */
  guard(create: DiscordGatewayAdapterCreator): DiscordGatewayAdapterCreator {
    return (methods) => {
      const adapter = create(methods);
      return {
        destroy: () => adapter.destroy(),
        sendPayload: (payload: unknown) => {
          if (leaving.safeParse(payload).success) return adapter.sendPayload(payload);
          if (this.#allowed === 0) return false;
          this.#allowed -= 1;
          return adapter.sendPayload(payload);
        },
      };
    };
  }
}
