import { Client } from "../../contract/client.js";
import type { Profile } from "../../contract/check.js";
import type { Instance } from "../../contract/lab.js";
import { mannerOf } from "../../contract/profiles.js";
import type { Result } from "../../contract/report/facts.js";
import { surfaceOf } from "../../contract/surface.js";
import type { Endpoint } from "../../contract/wire.js";
import { refused, usage } from "../../errors.js";
import { loopbackOf } from "../../run/loopback.js";
import type { Context } from "../context.js";
import { attack, stopwatch, type Wanted } from "./run.js";

/** What decides how a running server is attacked. */
export interface UrlWanted extends Wanted {
  /** How the server was started; empty: as its developers do. */
  readonly profiles: readonly Profile[];
}

/** Attack a server that runs already, as far as HTTP can see. */
export async function verifyUrl(url: string, wanted: UrlWanted, context: Context): Promise<Result> {
  const time = stopwatch();
  const endpoint = await endpointOf(url);
  const [profile = "development"] = wanted.profiles;
  const http = new Client({ endpoint, headers: mannerOf(profile), jar: undefined });
  const alive = await http.send("/health/live", { seconds: 5 });
  if (alive.status !== 200) {
    throw refused({
      code: "url.silent",
      message: `"${url}" answers /health/live with: ${alive.shown.slice(0, 200)}`,
      hint: "Start the server there, or leave --url out to have it started.",
    });
  }
  context.ui.note(
    "Accounts that this registers stay, and limits that it trips pass by themselves.",
  );
  const document = (await http.send("/openapi.json")).json;
  const clientOf = (other: Instance): Client => http.at(other.endpoint);
  const bench = { profile, surface: surfaceOf(document), http, clientOf };
  const verdicts = await attack([bench], wanted, context);
  return { subject: url, entries: wanted.entries, verdicts, left: [], ...time() };
}

/** This machine, and nobody else's: an attack on another is not for us to make. */
async function endpointOf(text: string): Promise<Endpoint> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare = url?.pathname === "/" && url.search === "" && url.username === "";
  if (url?.protocol !== "http:" || !isBare) {
    throw usage({
      code: "url.invalid",
      message: `"${text}" is not an address of a server that starts with http://.`,
      hint: "As in: create-secure-api verify --url http://127.0.0.1:8000",
    });
  }
  const name = url.hostname.replaceAll(/[[\]]/g, "");
  const host = await loopbackOf(name);
  if (host === undefined) {
    throw usage({
      code: "url.not-local",
      message: `"${url.hostname}" is not this machine, and only this machine is attacked.`,
      hint: "Run the command where the server runs, or leave --url out to have the project started here.",
    });
  }
  return { host, name, port: url.port === "" ? 80 : Number(url.port) };
}
