/** What people say: the Opus packets of recordings, in the rhythm of speech. */

import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { oggPages, PacketAssembler } from "../../../src/ser/decode/ogg.ts";

/** Duration of a packet on Discord, in ms. */
export const PACKET_MS = 20;
/** Packets with the file's header and its tags. */
const HEADERS = 2;

/** The packets of an Ogg/Opus file. */
export async function opusPackets(path: string): Promise<readonly Buffer[]> {
  const assembler = new PacketAssembler();
  const packets: Buffer[] = [];
  for (const page of oggPages(await readFile(path))) {
    packets.push(...assembler.packets(page).map((packet) => Buffer.from(packet)));
  }
  return packets.slice(HEADERS);
}

/** Hands out packets, one each `packetMs`; late ones follow at once, so that the rhythm holds over time. */
export async function inRhythm(
  packets: readonly Buffer[],
  packetMs: number,
  send: (packet: Buffer) => void,
): Promise<void> {
  const startMs = performance.now();
  for (const [index, packet] of packets.entries()) {
    const earlyMs = startMs + index * packetMs - performance.now();
    if (earlyMs > 1) await wait(earlyMs);
    send(packet);
  }
}
