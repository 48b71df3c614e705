/** The dashboard's door: starts it, and says where it listens. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AppOptions, buildApp } from "./app.ts";

export { discordDirectory } from "./directory.ts";
export { LINK_PATH } from "./sign-in.ts";

/** What the dashboard needs to start. */
export interface DashboardOptions extends AppOptions {
  /** Port; 0 takes a free one. */
  readonly port: number;
}

/** A dashboard that listens. */
export interface Dashboard {
  /** Where a browser finds it, e.g. `http://127.0.0.1:4747`. */
  readonly address: string;
  /** Ends open connections and stops listening. */
  close(): Promise<void>;
}

/** Where `vite build` puts the page. */
const BUILT_PAGE = join(import.meta.dirname, "..", "..", "..", "dist", "web");

/** Starts to listen. @throws Error when the port is taken or the page isn't built. */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const webRoot = options.webRoot ?? BUILT_PAGE;
  if (!existsSync(join(webRoot, "index.html"))) {
    throw new Error(
      `The page isn't built: ${webRoot} has no index.html. "npm start" builds it, so does "npx vite build".`,
    );
  }
  const app = await buildApp({ ...options, webRoot });
  const address = await app.listen({ host: options.host, port: options.port });
  return { address, close: () => app.close() };
}
