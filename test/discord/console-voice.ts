/** The console's commands for voice channels: people who come, speak and go. */

import type { LocalDiscord } from "./index.ts";
import { CHANNELS } from "./payloads.ts";

/** What there is, for the console's help. */
export const VOICE_HELP = `join NAME [CHANNEL]      somebody comes into a voice channel: "Stage door" (default) or Rehearsal
say NAME FILE            they speak: an Ogg/Opus file
leave NAME               they go
move                     the call in Stage door goes to another voice server
`;

/**
 * Does what a command says, if it is one of these; else false.
 * @throws Error with what is missing
 */
export async function obeyInVoice(discord: LocalDiscord, command: string, args: readonly string[]): Promise<boolean> {
  const [name, what] = args;
  if (command === "move") {
    await discord.voice.moveServer();
    return true;
  }
  if (!["join", "say", "leave"].includes(command) || name === undefined) return false;
  const { voice } = discord.user(name);
  if (command === "join") {
    // Nobody listens at this end.
    await voice.join(channelNamed(what), { deaf: true });
    console.log(`${name} joined.`);
  } else if (command === "leave") {
    await voice.leave();
  } else if (what === undefined) {
    return false;
  } else {
    const sent = await voice.speak(what);
    await voice.fallSilent();
    const packets = sent.reduce((sum, each) => sum + each.packets, 0);
    console.log(packets > 0 ? `${name} said it.` : `Nobody heard ${name}: a call's encryption needs two.`);
  }
  return true;
}

function channelNamed(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const channel = CHANNELS.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (channel === undefined) throw new Error(`There is no channel ${name}.`);
  return channel.id;
}
