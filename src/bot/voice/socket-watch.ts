/** Watches the sockets that a voice connection opens one after the other, and keeps the library's errors from killing us. */

import {
  type Networking,
  type VoiceConnection,
  VoiceConnectionStatus,
  type VoiceUDPSocket,
  type VoiceWebSocket,
} from "@discordjs/voice";
import { VoiceOpcodes } from "discord-api-types/voice/v8";
import { z } from "zod";

/** What there is to hear. */
export interface SocketEvents {
  /** The library can't process a message about encryption. It would have been an uncaught exception. */
  onUnprocessed(error: unknown): void;
  /** There is a new UDP socket; the library's own listener is already on it. */
  onUdp(socket: VoiceUDPSocket): void;
  /** A new voice server: SSRCs of the old one mean nothing there. */
  onServer(): void;
  /** The voice server says that somebody begins to speak, and with which SSRC; the library knows it by now. */
  onSpeaking(userId: string, ssrc: number): void;
  /** The voice server closed the connection for good. */
  onClosed(code: number): void;
}

const speaking = z.object({
  op: z.literal(VoiceOpcodes.Speaking),
  d: z.object({ user_id: z.string(), ssrc: z.number(), speaking: z.number().min(1) }),
});

/** Begins to watch a connection that was just made. */
export function watchSockets(connection: VoiceConnection, events: SocketEvents): void {
  let current: Networking | undefined;
  connection.on("stateChange", (_, state) => {
    const isConnected =
      state.status === VoiceConnectionStatus.Connecting || state.status === VoiceConnectionStatus.Ready;
    if (!isConnected || state.networking === current) return;
    current = state.networking;
    events.onServer();
    watchNetworking(current, events);
  });
}

function watchNetworking(networking: Networking, events: SocketEvents): void {
  const seen = new Set<VoiceWebSocket | VoiceUDPSocket>();
  const look = () => {
    const { state } = networking;
    if ("ws" in state && !seen.has(state.ws)) {
      seen.add(state.ws);
      watchWebSocket(networking, state.ws, events);
    }
    if ("udp" in state && !seen.has(state.udp)) {
      seen.add(state.udp);
      events.onUdp(state.udp);
    }
  };
  // Before the library's own listener, which already tries to join again.
  networking.prependListener("close", (code: number) => events.onClosed(code));
  networking.on("stateChange", look);
  look();
}

function watchWebSocket(networking: Networking, socket: VoiceWebSocket, events: SocketEvents): void {
  const listeners = socket.listeners("binary");
  socket.removeAllListeners("binary");
  socket.on("binary", (message: unknown) => {
    // The library takes its listener off a socket that it gives up; it can't take off ours.
    if (!("ws" in networking.state) || networking.state.ws !== socket) return;
    for (const listener of listeners) {
      try {
        listener(message);
      } catch (error) {
        events.onUnprocessed(error);
      }
    }
  });
  socket.on("packet", (packet: unknown) => {
    const { data } = speaking.safeParse(packet);
    if (data) events.onSpeaking(data.d.user_id, data.d.ssrc);
  });
}
