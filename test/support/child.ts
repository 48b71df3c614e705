/** Child processes that run a TypeScript file and tell line by line how far they are. */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A child; Node's own channel carries its messages. */
export interface TestChild {
  readonly process: ChildProcess;
  /** Waits for the child's next message. @throws when the child ends first. */
  next(): Promise<unknown>;
  /** Kills it as the kernel would: without a word. */
  kill(): Promise<void>;
}

/** Runs `file` with the Node that runs the tests. */
export function startChild(file: string, args: readonly string[] = []): TestChild {
  const child = fork(file, [...args], { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  child.on("message", (message) => {
    const first = waiting.shift();
    if (first) first(message);
    else messages.push(message);
  });
  return {
    process: child,
    next: () =>
      new Promise((resolve, reject) => {
        if (messages.length > 0) return resolve(messages.shift());
        waiting.push(resolve);
        child.once("exit", (code) => reject(new Error(`The child ended with code ${code}.`)));
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
