import type { CommandDefinition } from "./command.ts";
import { EMOTION_DEFINITION } from "./emotion.ts";
import { MOOD_DEFINITION } from "./mood/index.ts";
import { PRIVACY_DEFINITION } from "./privacy/index.ts";
import { READ_MESSAGE_DEFINITION } from "./read-message.ts";
import { SETTINGS_DEFINITION } from "./settings/index.ts";

/** Every command as it is registered: by the bot when it starts, and by `timbre setup` before that. */
export const COMMAND_DEFINITIONS: readonly CommandDefinition[] = [
  EMOTION_DEFINITION,
  MOOD_DEFINITION,
  PRIVACY_DEFINITION,
  SETTINGS_DEFINITION,
  READ_MESSAGE_DEFINITION,
];
