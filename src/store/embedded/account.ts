/** As whom the embedded PostgreSQL runs: as ourselves, or, as it refuses to be root, as the user postgres. */

import { execFile, type SpawnOptions, spawn } from "node:child_process";
import { promisify } from "node:util";
import { DatabaseError } from "../errors.ts";

const run = promisify(execFile);

/** Runs programs as one user. */
export interface Account {
  /** Owner of the database's files; undefined where we aren't root and they are ours. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** Starts a program as that user. */
  spawn(program: string, args: readonly string[], options: SpawnOptions): ReturnType<typeof spawn>;
}

/** Who may run PostgreSQL so that it gets at `paths` (the programs and the data folder). */
export async function chooseAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0)
    return { owner: undefined, spawn: (program, args, options) => spawn(program, args, options) };
  const owner = (await findUser()) ?? (await createUser());
  const plain: Account = { owner, spawn: (program, args, options) => spawn(program, args, { ...options, ...owner }) };
  if (await reaches(plain, paths)) return plain;
  const capable = withCapability(owner);
  if (await reaches(capable, paths)) return capable;
  throw new DatabaseError(
    `PostgreSQL can't run as root, and the user postgres may not enter ${paths.join(" or ")}. ` +
      "Move Timbre to a folder that other users may enter, run it as another user, or set DATABASE_URL.",
  );
}

/**
 * Root's home is closed to others, and that is where root clones things. There PostgreSQL runs as the user postgres,
 * too, but keeps the one capability that lets it walk through closed folders.
 */
function withCapability(owner: { readonly uid: number; readonly gid: number }): Account {
  const capability = "+dac_override";
  const flags = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
  // Without this bit access(2), by which PostgreSQL looks for its own programs, doesn't count capabilities.
  flags.push("--securebits=+no_setuid_fixup");
  flags.push(`--inh-caps=${capability}`, `--ambient-caps=${capability}`);
  return {
    owner,
    spawn: (program, args, options) => spawn("setpriv", [...flags, program, ...args], options),
  };
}

async function findUser(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createUser(): Promise<{ uid: number; gid: number }> {
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  } catch (cause) {
    throw new DatabaseError(
      "PostgreSQL can't run as root, and no user postgres could be made for it. Run Timbre as another user, or set DATABASE_URL.",
      { cause },
    );
  }
  const user = await findUser();
  if (!user) throw new DatabaseError("The user postgres was made, but can't be found.");
  return user;
}

/** Whether the account can enter or run all of `paths`. */
function reaches(account: Account, paths: readonly string[]): Promise<boolean> {
  const test = 'for path; do test -x "$path" || exit 1; done';
  return new Promise((resolve) => {
    const child = account.spawn("/bin/sh", ["-c", test, "sh", ...paths], { stdio: "ignore", cwd: "/" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
