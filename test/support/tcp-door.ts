/** A door to an embedded PostgreSQL over TCP, as if it were somebody's server elsewhere. */

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The door. */
export interface TcpDoor {
  /** The same database, as one writes it into DATABASE_URL. */
  readonly url: string;
  /** Nothing comes through any more on the connections that there are, and nobody is told. */
  freeze(): void;
  close(): Promise<void>;
}

/** Opens a port of loopback that leads to the socket in `connectionString`. */
export async function openTcpDoor(connectionString: string): Promise<TcpDoor> {
  const inside = new URL(connectionString.replace("@/", "@socket/"));
  const socketPath = `${inside.searchParams.get("host")}/.s.PGSQL.${inside.searchParams.get("port")}`;
  const guests = new Set<Socket>();
  const door = createServer((guest) => {
    const server = connect(socketPath);
    for (const [end, other] of [
      [guest, server],
      [server, guest],
    ] as const) {
      guests.add(end);
      // Who hangs up is told by the end of the stream; who dies is told by nothing that a pipe passes on.
      end.on("error", () => other.destroy()).on("close", () => guests.delete(end));
    }
    guest.pipe(server).pipe(guest);
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return {
    url: `postgresql://${inside.username}:${inside.password}@127.0.0.1:${address.port}${inside.pathname}`,
    freeze() {
      for (const guest of guests) guest.unpipe().pause();
    },
    async close() {
      for (const guest of guests) guest.destroy();
      door.close();
      await once(door, "close");
    },
  };
}
