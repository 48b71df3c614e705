/** Doors to servers over TCP, which can be jammed. */

import { once } from "node:events";
import { connect, createServer, type NetConnectOpts, type Socket } from "node:net";

/** A door. */
export interface TcpDoor {
  /** How clients come to the server by the door, as one writes it into DATABASE_URL or REDIS_URL. */
  readonly url: string;
  /** Nothing comes through any more on the connections that there are, and nobody is told. */
  freeze(): void;
  close(): Promise<void>;
}

/** Opens a door to the embedded PostgreSQL behind the socket in `connectionString`, as if it were a server elsewhere. */
export async function openTcpDoor(connectionString: string): Promise<TcpDoor> {
  const inside = new URL(connectionString.replace("@/", "@socket/"));
  const path = `${inside.searchParams.get("host")}/.s.PGSQL.${inside.searchParams.get("port")}`;
  return openDoor({ path }, (host) => `postgresql://${inside.username}:${inside.password}@${host}${inside.pathname}`);
}

/** Opens a door to a Redis on a port of loopback. */
export function openRedisDoor(port: number): Promise<TcpDoor> {
  return openDoor({ host: "127.0.0.1", port }, (host) => `redis://${host}`);
}

/** @param urlOf the door's URL, by its host and port */
async function openDoor(inside: NetConnectOpts, urlOf: (host: string) => string): Promise<TcpDoor> {
  const guests = new Set<Socket>();
  const door = createServer((guest) => {
    const server = connect(inside);
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
    url: urlOf(`127.0.0.1:${address.port}`),
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
