#!/usr/bin/env node
/** The `timbre` command. It loads what it is made of once the process is kept small: modules are made before any of them runs. */

import "./lean.ts";

const { runProgram } = await import("./program.ts");
await runProgram(process.argv);
