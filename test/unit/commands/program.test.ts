import { describe, expect, it } from "vitest";

import { buildProgram } from "../../../src/commands/program.js";
import { makePassword, makeSecrets } from "../../../src/commands/secrets.js";
import { options } from "../../../src/stacks/registry.js";

function help(): string {
  return buildProgram("1.2.3", () => Promise.resolve())
    .configureOutput({ getOutHelpWidth: () => 100 })
    .helpInformation();
}

describe("--help", () => {
  it("reads like this", () => {
    expect(help()).toMatchSnapshot();
  });

  it("has every option of the table, in the spelling that changes something", () => {
    for (const row of Object.values(options)) {
      const isNegative = row.kind === "switch" && row.default;
      expect(help()).toContain(isNegative ? `--no-${row.flag} ` : row.flag);
    }
  });

  it("does not promise commands that are not built", () => {
    expect(help()).not.toMatch(/^ +(doctor|update|completion)\b/mu);
  });
});

describe("generate resource --help", () => {
  it("says by what lists are sorted, and by what they are not", () => {
    const program = buildProgram("1.2.3", () => Promise.resolve());
    const resource = program.commands.find((one) => one.name() === "generate")?.commands[0];
    let said = "";
    resource?.configureOutput({ writeOut: (text) => (said += text) }).outputHelp();
    expect(said).toMatch(/sorted by .*\burl\b.*more than 255 characters/su);
  });
});

describe("what is made at random", () => {
  it("is long enough and never the same", () => {
    const { secretKey, encryptionKeys } = makeSecrets();
    expect(secretKey).toMatch(/^[\w-]{64}$/u);
    expect(Buffer.from(encryptionKeys.replace("k1:", ""), "base64")).toHaveLength(32);
    expect(makeSecrets()).not.toEqual({ secretKey, encryptionKeys });
  });

  it("can be typed off a screen where a person has to", () => {
    expect(makePassword()).toMatch(/^([a-hj-km-np-z2-9]{5}-){4}[a-hj-km-np-z2-9]{5}$/u);
    expect(makePassword()).not.toBe(makePassword());
  });
});
