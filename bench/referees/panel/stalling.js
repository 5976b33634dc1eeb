import { stripVTControlCharacters } from "node:util";

import { run } from "../tools.js";

const CONNECTIONS = 100;
const SECONDS = 45;

/** A hundred clients that send a body byte by byte: they are cut, and others are served meanwhile. */
export const slowhttptest = {
  name: "slowhttptest",
  packages: [],
  asks: "Do slow bodies get cut while others are served?",
  canaryHas: /held/u,
  async run(target) {
    // A form: another body would be refused for its type at once.
    const path = Object.keys(target.document.paths).find((one) => one.endsWith("/login"));
    const slowly = ["-B", "-i", "5", "-s", "8192", "-x", "10", "-t", "POST", "-p", "3"];
    const size = ["-c", `${CONNECTIONS}`, "-r", `${CONNECTIONS}`, "-l", `${SECONDS}`];
    const words = ["slowhttptest", ...slowly, ...size, "-u", `${target.url}${path}`];
    const { stdout, code } = await run(words);
    const said = stripVTControlCharacters(stdout);
    // Its counts are those of five seconds ago; why it ended is not.
    const ending = /^Exit status:\s+(.+)$/mu.exec(said)?.[1];
    const served = [...said.matchAll(/service available:\s+(\w+)/gu)].map(([, answer]) => answer);
    if (ending === undefined || served.length === 0) {
      throw new Error(`ended with ${code}\n${said}`);
    }
    const objections = [
      ...(served.includes("NO") ? ["others were not served meanwhile"] : []),
      ...(ending.startsWith("No open connections")
        ? []
        : [`connections were still held: ${ending}`]),
    ];
    return { looked: CONNECTIONS, of: CONNECTIONS, objections };
  },
};
