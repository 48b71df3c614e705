/** Everything that is kept about a person, as JSON files that Discord takes. */

import type { PersonalStore } from "./panel.ts";

/** Discord takes files of 10 MiB from everybody; this leaves room for the frame around the clips. */
const MAX_BYTES = 9 * 1024 * 1024;

/** A file of an export. */
export interface ExportFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * A person's files, one after the other, so that never all of them are in memory. The first one has everything but
 * readings; readings go on in further ones if they must.
 */
export async function* exportFiles(store: PersonalStore, userId: string, maxBytes = MAX_BYTES) {
  const { changedAt, ...consent } = await store.consents.of(userId);
  const frame = {
    about: "Everything that Timbre keeps about you. Times are UTC.",
    userId,
    choice: { ...consent, changedAt },
    askedAboutOthers: await store.histories.askedBy(userId),
    corrections: (await store.corrections.ofSubject(userId)).map(({ subjectId: _, ...rest }) => rest),
    liveSessionsStarted: (await store.live.startedBy(userId)).map(({ startedBy: _, health: __, ...rest }) => rest),
    liveNow: await store.live.knownOf(userId),
    onThePage: await store.histories.onPage(userId),
    settingsChanged: (await store.audit.by(userId)).map(({ actorId: _, ...rest }) => rest),
  };
  let part = 1;
  let clips: string[] = [];
  let size = 0;
  const file = (): ExportFile => {
    const head = part === 1 ? frame : { userId, part };
    const json = `${JSON.stringify(head).slice(0, -1)},"clips":[\n${clips.join(",\n")}\n]}\n`;
    return { name: part === 1 ? "timbre.json" : `timbre-${part}.json`, bytes: Buffer.from(json) };
  };
  for await (const { id, status, reading, error, attribution, createdAt, answeredAt } of store.histories.clipsOf(
    userId,
  )) {
    // Who asked is somebody else's history.
    const { askerId, ...origin } = attribution ?? {};
    const isMine = askerId === userId;
    const clip = JSON.stringify({
      ...{ id, status, createdAt, answeredAt, ...origin, askedByYou: isMine, reading },
      ...(error ? { error: error.code } : {}),
    });
    const bytes = Buffer.byteLength(clip);
    if (clips.length > 0 && size + bytes > maxBytes) {
      yield file();
      part += 1;
      clips = [];
      size = 0;
    }
    clips.push(clip);
    size += bytes;
  }
  yield file();
}
