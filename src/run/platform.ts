import type { Platform } from "../stacks/stack.js";

/** The family of this machine's process control and file layout. */
export function platform(name: NodeJS.Platform = process.platform): Platform {
  return name === "win32" ? "windows" : "posix";
}
