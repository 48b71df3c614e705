/**
 * When an alert is raised: by a rule, what was heard in one channel, and a time. Pure, so that what happens now and what
 * would have happened are decided by the same lines.
 */

/** Hours in which nobody is to be disturbed. */
export interface QuietHours {
  /** Clock times such as `22:30`; from after to means through midnight. */
  readonly from: string;
  readonly to: string;
  /** IANA's name of the time zone. */
  readonly zone: string;
}

/** What a rule says. */
export interface AlertTerms {
  /** Any of these labels counts. */
  readonly labels: readonly string[];
  /** Share of the utterances above which an alert is raised, 0 to 1. */
  readonly threshold: number;
  /** Over how long (ms). */
  readonly windowMs: number;
  /** At least so many utterances in that time. */
  readonly minUtterances: number;
  /** So long (ms) after an alert the same channel raises no other. */
  readonly cooldownMs: number;
  readonly quiet: QuietHours | null;
}

/** One utterance or voice message. */
export interface Heard {
  /** In ms since 1970. */
  readonly at: number;
  /** Null where the reading is uncertain. */
  readonly label: string | null;
  /** Calibrated probability of the label, 0 to 1. */
  readonly confidence: number;
  /** Empty where it isn't known. */
  readonly subjectId: string;
}

/** What an alert rests on. */
export interface Evidence {
  readonly labels: readonly string[];
  readonly threshold: number;
  /** Share of the utterances that sounded so. */
  readonly share: number;
  readonly utterances: number;
  /** How many of them sounded so. */
  readonly matching: number;
  /** How many people spoke. */
  readonly people: number;
  /** Mean confidence of the matching utterances, 0 to 1. */
  readonly confidence: number;
  /** First and last utterance, in ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** An alert that is raised, or would have been. */
export interface Firing {
  readonly at: number;
  /** Whether nobody is to be disturbed. */
  readonly isQuiet: boolean;
  readonly evidence: Evidence;
}

/**
 * What a rule rests on at the time `at`: the utterances of one channel in the window before it, the oldest first.
 * Undefined where there are too few of them, or too few sound so.
 */
export function evidenceAt(terms: AlertTerms, heard: readonly Heard[], at: number): Evidence | undefined {
  const within = heard.filter((each) => each.at > at - terms.windowMs && each.at <= at);
  const first = within[0];
  const last = within[within.length - 1];
  if (!first || !last || within.length < terms.minUtterances) return undefined;
  const matching = within.filter((each) => matches(terms, each));
  const share = matching.length / within.length;
  if (matching.length === 0 || !isOver(share, terms.threshold)) return undefined;
  const people = new Set(within.map(({ subjectId }) => subjectId).filter((id) => id !== ""));
  return {
    ...{ labels: terms.labels, threshold: terms.threshold, share },
    ...{ utterances: within.length, matching: matching.length, people: people.size },
    confidence: matching.reduce((sum, { confidence }) => sum + confidence, 0) / matching.length,
    ...{ from: first.at, to: last.at },
  };
}

/**
 * The first moment at which a rule holds that an utterance at `at` has a part in, and what it rests on. Utterances aren't
 * read in the order in which they were said, so the moment can lie after `at`.
 */
export function firingWith(terms: AlertTerms, heard: readonly Heard[], at: number): Firing | undefined {
  for (const { at: moment } of heard) {
    if (moment < at || moment >= at + terms.windowMs) continue;
    const evidence = evidenceAt(terms, heard, moment);
    if (evidence) return { at: moment, isQuiet: isQuiet(terms.quiet, moment), evidence };
  }
  return undefined;
}

function matches({ labels }: AlertTerms, { label }: Heard): boolean {
  return label !== null && labels.includes(label);
}

/** A threshold of 100 % can't be passed, so it has to be reached. */
function isOver(share: number, threshold: number): boolean {
  return threshold >= 1 ? share >= 1 : share > threshold;
}

/** Whether an alert at `at` comes too soon after the last one of the same channel. */
export function isCoolingDown({ cooldownMs }: AlertTerms, lastAt: number | undefined, at: number): boolean {
  return lastAt !== undefined && at - lastAt < cooldownMs;
}

/** The alerts that a rule would have raised on what was heard in one channel, the oldest first. */
export function replay(terms: AlertTerms, heard: readonly Heard[]): readonly Firing[] {
  const firings: Firing[] = [];
  let lastAt: number | undefined;
  // The window slides: what it rests on is only looked at where its counts say that the rule holds.
  let begin = 0;
  let matching = 0;
  for (const [index, each] of heard.entries()) {
    const { at } = each;
    if (matches(terms, each)) matching++;
    for (let first = heard[begin]; first && first.at <= at - terms.windowMs; first = heard[++begin])
      if (matches(terms, first)) matching--;
    const utterances = index - begin + 1;
    if (utterances < terms.minUtterances || !isOver(matching / utterances, terms.threshold)) continue;
    if (isCoolingDown(terms, lastAt, at)) continue;
    const evidence = evidenceAt(terms, heard.slice(begin, index + 1), at);
    if (!evidence) continue;
    firings.push({ at, isQuiet: isQuiet(terms.quiet, at), evidence });
    lastAt = at;
  }
  return firings;
}

/** Whether `at` lies in quiet hours. */
export function isQuiet(quiet: QuietHours | null, at: number): boolean {
  if (!quiet) return false;
  const { from, to, zone } = quiet;
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
  return from <= to ? time >= from && time < to : time >= from || time < to;
}
