import type { Trial } from "../../check.js";
import type { Settings } from "../../lab.js";

/** The design's code for a configuration that is refused (EX_CONFIG of sysexits.h). */
const EXIT_CONFIG = 78;
/** What tells its reader nothing: shorter values stand in any text. */
const TELLING = 8;

/** The server must refuse to start with this, and say why by the variable's name alone. */
export async function refuses(
  t: Trial,
  settings: Settings,
  names: readonly string[],
): Promise<void> {
  const changed = Object.entries(settings).map(([name, value]) => `${name}=${value ?? ""}`);
  const request = `start with ${changed.join(" ").slice(0, 300)}`;
  const { exitCode, output } = await t.lab.boot(settings);
  t.holds("the server refuses to start", exitCode === EXIT_CONFIG, {
    ...{ request, expected: `exit code ${EXIT_CONFIG}` },
    observed: exitCode === undefined ? "it runs" : `exit code ${exitCode}: ${output.slice(-500)}`,
  });
  const missing = names.filter((name) => !output.includes(name));
  t.holds("it names every variable that is wrong", missing.length === 0, {
    ...{ request, expected: names.join(", ") },
    observed: output.slice(-1000),
  });
  const told = Object.values(settings).filter(
    (value) => value !== undefined && value.length > TELLING && output.includes(value),
  );
  t.holds("it never prints the value", told.length === 0, {
    ...{ request, expected: "the name alone" },
    observed: told.length === 0 ? "the name alone" : "the value",
  });
}
