/** What becomes of something that a person did, in the person's eyes. */

import type { APIAttachment } from "discord-api-types/v10";
import type { Acknowledgement, Interaction, InteractionEvent, OpenedModal } from "./interactions.ts";
import type { SeenMessage } from "./messages.ts";

/** A command that was sent, or a button that was pressed. Every wait fails when the bot did not respond in time. */
export interface Conversation {
  /** Interaction id. */
  readonly id: string;
  /** The files that were attached, with their addresses. */
  readonly attachments: readonly APIAttachment[];
  /** Everything that happened so far. */
  readonly history: readonly InteractionEvent[];
  /** Waits for the bot's first sign: an answer, or "is thinking…". */
  acknowledged(): Promise<Acknowledgement>;
  /** Waits for the first edit of the answer. */
  edited(): Promise<SeenMessage>;
  /** Waits for the first answer that isn't "is thinking…"; for a button that may be a change of its message. */
  answered(): Promise<SeenMessage>;
  /** Waits for the first further message. */
  followedUp(): Promise<SeenMessage>;
  /** Waits for a modal to be opened. */
  modal(): Promise<OpenedModal>;
  /** Waits for the first event that `matches`. */
  find(matches: (event: InteractionEvent) => boolean, what: string): Promise<InteractionEvent>;
}

type Failure = Extract<InteractionEvent, { kind: "failed" }>;
type Answered = Extract<InteractionEvent, { kind: "edited" | "acknowledged" }>;

/** Looks at an interaction with the eyes of the person who began it. */
export function conversation({ id, journal }: Interaction, attachments: readonly APIAttachment[] = []): Conversation {
  const find = async <E extends InteractionEvent>(matches: (event: InteractionEvent) => event is E, what: string) => {
    const event = await journal.find((each): each is E | Failure => each.kind === "failed" || matches(each), what);
    if (event.kind === "failed") throw new Error("The application did not respond.");
    return event;
  };
  const isAcknowledgement = (event: InteractionEvent): event is Acknowledgement => event.kind === "acknowledged";
  const isEdit = (event: InteractionEvent) => event.kind === "edited";
  const isFollowUp = (event: InteractionEvent) => event.kind === "followed-up";
  const isModal = (event: InteractionEvent): event is OpenedModal => event.kind === "modal";
  const isAnswer = (event: InteractionEvent): event is Answered =>
    event.kind === "edited" || (event.kind === "acknowledged" && !event.deferred);
  return {
    id,
    attachments,
    get history() {
      return journal.entries;
    },
    acknowledged: () => find(isAcknowledgement, "an acknowledgement"),
    edited: async () => (await find(isEdit, "an edit")).message,
    answered: async () => (await find(isAnswer, "an answer")).message,
    followedUp: async () => (await find(isFollowUp, "a follow-up")).message,
    modal: () => find(isModal, "a modal"),
    find: (matches, what) => find((event): event is InteractionEvent => matches(event), what),
  };
}
