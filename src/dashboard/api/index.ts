/** The HTTP API, whole: every endpoint by its name. */

import { accountEndpoints } from "./account.ts";
import { alertEndpoints } from "./alerts.ts";
import { clipEndpoints } from "./clips.ts";
import { guildEndpoints } from "./guilds.ts";
import { liveEndpoints } from "./live.ts";
import { moodEndpoints } from "./moods.ts";
import { systemEndpoints } from "./system.ts";

/** Every endpoint. Beside them are `/auth/sign-in`, `/auth/callback` and `/auth/link`, which a browser opens itself. */
export const API = {
  ...accountEndpoints,
  ...clipEndpoints,
  ...guildEndpoints,
  ...moodEndpoints,
  ...liveEndpoints,
  ...alertEndpoints,
  ...systemEndpoints,
} as const;
