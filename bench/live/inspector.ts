/** Looks into a Node process from outside, by the Chrome DevTools Protocol: https://chromedevtools.github.io/devtools-protocol/v8 */

import { once } from "node:events";
import { WebSocket } from "ws";
import { z } from "zod";

/** What a process uses. */
export interface Usage {
  /** All of its memory that is in RAM. */
  readonly rssMiB: number;
  /** What is alive on the heap and in buffers. */
  readonly heapMiB: number;
  /** Time on processors since it started, in seconds. */
  readonly cpuSeconds: number;
}

const MIB = 1024 * 1024;
const answer = z.object({ id: z.number(), result: z.unknown() });
const evaluated = z.object({
  result: z.object({
    value: z.object({
      rss: z.number(),
      heapUsed: z.number(),
      external: z.number(),
      user: z.number(),
      system: z.number(),
    }),
  }),
});
const USAGE = "({ ...process.memoryUsage(), ...process.cpuUsage() })";

/** A connection to a process that was started with `--inspect`. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const { data: answered } = answer.safeParse(JSON.parse(String(data)));
      if (!answered) return;
      this.#waiting.get(answered.id)?.(answered.result);
      this.#waiting.delete(answered.id);
    });
  }

  /** @param url what the process says on standard error. */
  static async connect(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    await once(socket, "open");
    return new Inspector(socket);
  }

  /** What the process uses, garbage included. */
  async usage(): Promise<Usage> {
    const result = await this.#call("Runtime.evaluate", { expression: USAGE, returnByValue: true });
    const { rss, heapUsed, external, user, system } = evaluated.parse(result).result.value;
    return { rssMiB: rss / MIB, heapMiB: (heapUsed + external) / MIB, cpuSeconds: (user + system) / 1e6 };
  }

  /** What the process uses once its garbage is collected. */
  async usageWithoutGarbage(): Promise<Usage> {
    // What finalizers let go of in the first round goes in the second.
    for (const _ of [1, 2]) await this.#call("HeapProfiler.collectGarbage");
    return this.usage();
  }

  /** Ends the connection. */
  close(): void {
    this.#socket.terminate();
  }

  #call(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#calls;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, resolve);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return promise;
  }
}
