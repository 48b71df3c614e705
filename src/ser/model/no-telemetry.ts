/**
 * Keeps what is loaded, and where, from being told to anybody; to be imported before ONNX Runtime, and by whoever starts threads.
 *
 * Since 1.29 its builds for Linux and macOS report each process, model and error to Microsoft, and keep an id of the machine
 * under the home directory, unless this variable is set before the library is loaded (its docs/Privacy.md). A thread can't set
 * it: its `process.env` is a copy.
 */
process.env["ORT_DISABLE_TELEMETRY"] = "1";
