/** Runs a scenario and counts: of every accepted clip, how many answers. */

import { COMMUNITY_SCENARIOS, GIVEN_UP, playCommunity } from "./community.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import { openTrial } from "./trial.ts";

/** What came of a scenario. */
export interface Verdict {
  readonly name: string;
  readonly what: string;
  readonly accepted: number;
  /** Clips with an answer. */
  readonly answered: number;
  /** Clips whose answer says that Timbre gave up. */
  readonly givenUp: number;
  /** Clips whose answer was written twice, the same each time: nobody sees a difference. */
  readonly rewritten: number;
  /** Clips that got two answers that differ. */
  readonly contradicted: number;
  readonly seconds: number;
  /** Whether every accepted clip has exactly one answer. */
  readonly ok: boolean;
  readonly problem?: string;
}

/** How a scenario is tried. */
export interface Effort {
  readonly clips: number;
  /** How long what lasts stays broken, in ms. */
  readonly outageMs: number;
}

/** What was accepted in a scenario, and the answers of each clip that has any. */
export interface Played {
  readonly accepted: number;
  readonly answers: readonly (readonly string[])[];
  /** Why it didn't come to its end. */
  readonly problem?: string;
}

/** The names of all scenarios. */
export const SCENARIO_NAMES: readonly string[] = [...Object.keys(SCENARIOS), ...Object.keys(COMMUNITY_SCENARIOS)];

/** Tries one scenario. */
export async function tryOut(name: string, effort: Effort): Promise<Verdict> {
  const scenario = SCENARIOS[name];
  const community = COMMUNITY_SCENARIOS[name];
  const startMs = performance.now();
  if (scenario) return judge(name, scenario.what, await play(scenario, effort), startMs);
  if (community) {
    const played = await playCommunity(community, effort.clips).catch(
      (error: unknown): Played => ({ accepted: 0, answers: [], problem: String(error) }),
    );
    return judge(name, community.what, played, startMs);
  }
  throw new Error(`There is no scenario ${name}; there are ${SCENARIO_NAMES.join(", ")}.`);
}

async function play(scenario: Scenario, { clips, outageMs }: Effort): Promise<Played> {
  const trial = await openTrial({ queue: "postgres", ...scenario.options, clips });
  let problem: string | undefined;
  let accepted = 0;
  try {
    accepted = await trial.askAll();
    const worker = trial.startWorker();
    await trial.answered(1 / 3);
    await scenario.strike(trial, worker, outageMs);
    await trial.answered(1);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  await trial.close();
  const answers = [...trial.discord.answers.values()];
  return { accepted, answers, ...(problem !== undefined && { problem }) };
}

function judge(name: string, what: string, { accepted, answers, problem }: Played, startMs: number): Verdict {
  const distinct = answers.map((each) => new Set(each).size);
  const contradicted = distinct.filter((count) => count > 1).length;
  return {
    ...{ name, what, accepted, answered: answers.length },
    givenUp: answers.filter((each) => each.some((said) => said.includes(GIVEN_UP))).length,
    rewritten: answers.filter((each, i) => each.length > 1 && distinct[i] === 1).length,
    contradicted,
    seconds: Math.round((performance.now() - startMs) / 100) / 10,
    ok: problem === undefined && accepted > 0 && answers.length === accepted && contradicted === 0,
    ...(problem !== undefined && { problem }),
  };
}
