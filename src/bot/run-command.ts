/** Runs commands and presses so that its user always gets an answer, and an error never goes further. */

import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type RepliableInteraction } from "discord.js";
import type { Logger } from "pino";
import { forPeople, UserError } from "../errors.ts";
import { explain, translator } from "../i18n/index.ts";
import { loggable } from "./loggable.ts";

/** How long a command may take before its person is told that Timbre is busy. */
export interface Patience {
  /** Until its first sign, in ms. Discord waits for three seconds and then says "The application did not respond". */
  readonly signMs: number;
  /** Until it has done its part, in ms; what a worker does after that has all the time of the world. */
  readonly endMs: number;
}

/** What production uses: a second of Discord's three is for the way there and back. */
export const PATIENCE: Patience = { signMs: 2000, endMs: 60_000 };

/**
 * Runs the `command` that `interaction` asks for; what it throws is logged and told to the person in their language.
 * Ends with the command, or when patience with it ends. Never throws.
 */
export async function runCommand(
  command: () => Promise<void>,
  interaction: RepliableInteraction,
  logger: Logger,
  patience: Patience,
): Promise<void> {
  const log = logger.child({ command: nameOf(interaction), trace: traceOf(interaction) });
  const say = (error: UserError) => answer(interaction, explain(error, translator(interaction.locale)));
  const couldNot = (cause: unknown) => log.error({ err: loggable(cause) }, "person couldn't be told");
  // Discord may have taken the command's first sign although the command heard of a failure.
  const insist = (error: UserError) => async (cause: unknown) => {
    if (!isAcknowledged(cause)) throw cause;
    const content = explain(error, translator(interaction.locale));
    await interaction.webhook.editMessage("@original", { content });
  };
  let isOver = false;
  const giveUp = async () => {
    isOver = true;
    await say(new UserError("busy")).then(
      () => log.error("command takes too long"),
      (cause: unknown) => {
        // The command's own first sign was on its way already.
        if (isAcknowledged(cause)) isOver = false;
        else couldNot(cause);
      },
    );
  };
  const { promise: patienceEnds, resolve: endPatience } = Promise.withResolvers<void>();
  const timers = [
    setTimeout(() => {
      if (!interaction.deferred && !interaction.replied) void giveUp();
    }, patience.signMs),
    setTimeout(() => endPatience(giveUp()), patience.endMs),
  ];
  const run = async () => {
    try {
      await command();
    } catch (error) {
      const told = forPeople(error);
      if (told === error && told.cause === undefined) log.info({ code: told.code }, "command refused");
      else log.error({ err: loggable(error), ...told.parameters }, "command failed");
      if (!isOver) await say(told).catch(insist(told)).catch(couldNot);
    }
  };
  await Promise.race([run(), patienceEnds]);
  for (const timer of timers) clearTimeout(timer);
}

/** What the log calls everything that comes of an interaction, up to the worker's answer. */
export function traceOf({ id }: { readonly id: string }): string {
  return `interaction-${id}`;
}

function nameOf(interaction: RepliableInteraction): string {
  return interaction.isCommand() ? interaction.commandName : interaction.customId;
}

async function answer(interaction: RepliableInteraction, content: string): Promise<void> {
  const quietly = { content, flags: MessageFlags.Ephemeral } as const;
  if (!interaction.deferred && !interaction.replied) await interaction.reply(quietly);
  // The message of a button is not the place to say what went wrong: it would lose what it says.
  else if (interaction.isMessageComponent()) await interaction.followUp(quietly);
  else await interaction.editReply({ content });
}

function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
}
