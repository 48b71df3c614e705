/** A way to a server that can be frozen as cut cables and forgetful firewalls do it: nothing comes through, and nobody is told. */

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The door. */
export interface FreezingDoor {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Freezes all connections that there are, for ever; new ones come through. */
  freeze(): void;
  close(): Promise<void>;
}

/** Opens a port that leads to a Unix socket. */
export async function openFreezingDoor(socketPath: string): Promise<FreezingDoor> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const door = createServer((guest) => {
    const server = connect(socketPath);
    const pair = [guest, server] as const;
    pairs.add(pair);
    for (const [end, other] of [pair, [server, guest] as const])
      end
        .on("error", () => undefined)
        .on("close", () => {
          // Unread, an end never learns that the other is gone.
          other.destroy();
          pairs.delete(pair);
        });
    guest.pipe(server).pipe(guest);
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return {
    host: `127.0.0.1:${address.port}`,
    freeze() {
      for (const [guest, server] of pairs) {
        guest.unpipe(server).pause();
        server.unpipe(guest).pause();
      }
    },
    async close() {
      for (const pair of pairs) for (const end of pair) end.destroy();
      door.close();
      await once(door, "close");
    },
  };
}
