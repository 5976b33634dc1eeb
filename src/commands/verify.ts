import { checks } from "../contract/checks/all.js";
import { type Entry, entriesOf, select } from "../contract/selection.js";
import type { Profile } from "../contract/check.js";
import { count } from "../contract/verdict.js";
import { cancelled, EXIT, Told, usage } from "../errors.js";
import type { Context } from "./context.js";
import { verifyProject } from "./verification/project.js";
import {
  checkDestination,
  type Destination,
  list,
  tell,
  writeReports,
} from "./verification/report.js";
import { verifyUrl } from "./verification/url.js";

/** The command line of `verify`, understood. */
export interface VerifyRequest {
  readonly url: string | undefined;
  readonly postgres: string | undefined;
  readonly redis: string | undefined;
  /** Empty: every profile that can be booted. */
  readonly profiles: readonly Profile[];
  readonly only: readonly string[];
  readonly list: boolean;
  readonly full: boolean;
  readonly destination: Destination;
}

/** Attack a project, claim by claim: choose, boot, attack, report. */
export async function verify(request: VerifyRequest, context: Context): Promise<void> {
  const entries = choose(request.only);
  if (request.list) {
    list(entries, context.ui);
    return;
  }
  await checkDestination(request.destination, context.cwd);
  const run =
    request.url === undefined
      ? await verifyProject({ ...request, entries }, context)
      : await verifyUrl(request.url, { ...request, entries }, context);
  if (context.signal.aborted) throw cancelled("Nothing was left behind.");
  const isWritten = await writeReports(run, request.destination, context);
  tell(run, context.ui);
  if (count(run.verdicts).failed > 0 || !isWritten) throw new Told(EXIT.unfinished);
}

function choose(words: readonly string[]): readonly Entry[] {
  const selection = select(entriesOf(checks), words);
  if (selection.kind === "selected") return selection.entries;
  const named = selection.words.map((word) => `"${word}"`).join(", ");
  throw usage({
    code: "only.unknown",
    message: `No check is called ${named}.`,
    hint: "Give ids (AUTH-01) or sections (auth), separated by commas. All of them: create-secure-api verify --list",
  });
}
