/** The application, as its developer sees and changes it. */

import { ApplicationFlags } from "discord-api-types/v10";
import { z } from "zod";
import { APPLICATION_ID, BOT_USER } from "./payloads.ts";
import { parseBody } from "./problems.ts";

/** The flags that stand for privileged intents; a developer may change these, and no others. */
const INTENT_FLAGS =
  ApplicationFlags.GatewayPresenceLimited |
  ApplicationFlags.GatewayGuildMembersLimited |
  ApplicationFlags.GatewayMessageContentLimited;

const installParams = z.object({ scopes: z.array(z.string()), permissions: z.string().regex(/^\d+$/) });
const installation = z.object({ oauth2_install_params: installParams.exactOptional() });
const changes = z.object({
  flags: z.int().exactOptional(),
  integration_types_config: z.partialRecord(z.enum(["0", "1"]), installation).exactOptional(),
});

/** The one application. */
export class Application {
  #flags: number;
  #installations: z.infer<typeof changes>["integration_types_config"];

  /** Like one that was just made: servers may install it, and no intent is on but what the test wants. */
  constructor(messageContent: boolean) {
    this.#flags = messageContent ? ApplicationFlags.GatewayMessageContentLimited : 0;
    this.#installations = { 0: {} };
  }

  /** Whether the bot may read what people write in the guild. */
  get messageContent(): boolean {
    return (this.#flags & ApplicationFlags.GatewayMessageContentLimited) !== 0;
  }

  /** Changes what a developer may change. @throws Problem 50035 for a wrong body. */
  change(body: unknown): void {
    const { flags, integration_types_config } = parseBody(changes, body);
    if (flags !== undefined) this.#flags = (this.#flags & ~INTENT_FLAGS) | (flags & INTENT_FLAGS);
    if (integration_types_config !== undefined) this.#installations = integration_types_config;
  }

  /** What REST answers. */
  toApi(): object {
    return {
      id: APPLICATION_ID,
      name: BOT_USER.username,
      icon: null,
      description: "",
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: "",
      flags: this.#flags,
      integration_types_config: this.#installations,
      bot: BOT_USER,
    };
  }
}
