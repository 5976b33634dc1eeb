/** Remove what a build makes, so that no module of an earlier build reaches the package. */
import { rm } from "node:fs/promises";

await rm(new URL("../dist", import.meta.url), { recursive: true, force: true });
