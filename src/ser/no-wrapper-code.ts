/**
 * Keeps V8 from compiling the calls that WebAssembly makes to JavaScript; to be imported by whoever starts threads, before they start.
 *
 * That code is shared by all threads. When one of them compiles it while another one's is given back, because its thread has
 * ended, V8 of Node 24 ends the process now and then ("Check failed: jit_page.has_value()"; nodejs/node#64500 is of the same
 * kind). Uncompiled, a call takes some 30 ns instead of 8. A decoder makes a few for each packet, and Node's TypeScript loader
 * some thousands in each new thread.
 */

import { setFlagsFromString } from "node:v8";

// Calls until one is compiled; V8 counts from here down to 0.
setFlagsFromString("--wasm-wrapper-tiering-budget=2147483647");
