import { readFileSync } from "node:fs";

const MANIFEST = new URL("../../package.json", import.meta.url);

/** The name and version of this program, from the one place where they stand. */
export function readPackage(): { readonly name: string; readonly version: string } {
  const manifest: unknown = JSON.parse(readFileSync(MANIFEST, "utf8"));
  return { name: member(manifest, "name"), version: member(manifest, "version") };
}

function member(object: unknown, name: string): string {
  const value: unknown =
    typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  if (typeof value !== "string") throw new Error(`package.json has no ${name}`);
  return value;
}
