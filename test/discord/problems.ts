/** Discord's refusals: status, JSON code and words, as its API documentation lists them. */

import { RESTJSONErrorCodes } from "discord-api-types/v10";
import type { z } from "zod";

/** A request that Discord refuses; the REST server turns it into the JSON that clients know. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.body = { message, code, ...details };
  }
}

/** The ways in which the local Discord says no. */
export const problems = {
  unauthorized: () => new Problem(401, 0, "401: Unauthorized"),
  noRoute: () => new Problem(404, 0, "404: Not Found"),
  serverError: () => new Problem(500, 0, "500: Internal Server Error"),
  badJson: () =>
    new Problem(400, RESTJSONErrorCodes.RequestBodyContainsInvalidJSON, "The request body contains invalid JSON."),
  missingAccess: () => new Problem(403, RESTJSONErrorCodes.MissingAccess, "Missing Access"),
  missingPermissions: () => new Problem(403, RESTJSONErrorCodes.MissingPermissions, "Missing Permissions"),
  notYours: () =>
    new Problem(
      403,
      RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
      "Cannot edit a message authored by another user",
    ),
  unknownChannel: () => new Problem(404, RESTJSONErrorCodes.UnknownChannel, "Unknown Channel"),
  unknownMessage: () => new Problem(404, RESTJSONErrorCodes.UnknownMessage, "Unknown Message"),
  unknownWebhook: () => new Problem(404, RESTJSONErrorCodes.UnknownWebhook, "Unknown Webhook"),
  unknownInteraction: () => new Problem(404, RESTJSONErrorCodes.UnknownInteraction, "Unknown interaction"),
  unknownCommand: () => new Problem(404, RESTJSONErrorCodes.UnknownApplicationCommand, "Unknown application command"),
  alreadyAcknowledged: () =>
    new Problem(
      400,
      RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
      "Interaction has already been acknowledged.",
    ),
  tokenExpired: () => new Problem(401, RESTJSONErrorCodes.InvalidWebhookToken, "Invalid Webhook Token"),
  emptyMessage: () => new Problem(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, "Cannot send an empty message"),
  tooManyFollowUps: () =>
    new Problem(
      400,
      RESTJSONErrorCodes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
      "This interaction has reached the maximum number of follow-up messages.",
    ),
  unknownReference: (): Problem =>
    problems.invalidForm([
      { path: ["message_reference"], code: "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", message: "Unknown message" },
    ]),
  wrongResponse: (type: number): Problem =>
    problems.invalidForm([
      {
        path: ["type"],
        code: "INTERACTION_RESPONSE_TYPE_INVALID",
        message: `Interaction response type ${type} is not valid for this interaction`,
      },
    ]),
  invalidForm: (issues: readonly FormIssue[]): Problem =>
    new Problem(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, "Invalid Form Body", {
      errors: nestErrors(issues),
    }),
} as const;

/** One wrong field of a body. */
interface FormIssue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** Wrong fields as Discord nests them: `{embeds: {0: {title: {_errors: [...]}}}}`. */
class FieldErrors {
  readonly #fields = new Map<string, FieldErrors>();
  readonly #errors: Omit<FormIssue, "path">[] = [];

  add({ path: [key, ...rest], ...error }: FormIssue): void {
    if (key === undefined) {
      this.#errors.push(error);
      return;
    }
    const field = this.#fields.get(String(key)) ?? new FieldErrors();
    this.#fields.set(String(key), field);
    field.add({ path: rest, ...error });
  }

  toJSON(): object {
    return { ...Object.fromEntries(this.#fields), ...(this.#errors.length > 0 ? { _errors: this.#errors } : {}) };
  }
}

function nestErrors(issues: readonly FormIssue[]): FieldErrors {
  const root = new FieldErrors();
  for (const issue of issues) root.add(issue);
  return root;
}

/**
 * Reads a body by its schema.
 * @throws Problem 50035 naming each wrong field.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw problems.invalidForm(
    parsed.error.issues.map(({ path, code, message }) => ({ path, code: code.toUpperCase(), message })),
  );
}
