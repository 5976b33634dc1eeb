import { describe, expect, it } from "vitest";

import { checkName, printable, spell } from "../../../src/answers/names.js";
import { stack } from "../../../src/stacks/registry.js";
import { containing } from "../support.js";

describe("a name has three spellings", () => {
  it.each([
    ["my-api", "my-api", "my_api", "My API"],
    ["My API", "my-api", "my_api", "My API"],
    ["my_api", "my-api", "my_api", "My API"],
    ["MyApi", "my-api", "my_api", "MyApi"],
    ["HTTPServer", "http-server", "http_server", "HTTPServer"],
    ["billing", "billing", "billing", "Billing"],
    ["eBay tools", "e-bay-tools", "e_bay_tools", "eBay Tools"],
    ["a", "a", "a", "A"],
    ["web2-ui", "web2-ui", "web2_ui", "Web2 UI"],
    ["a--b__c", "a-b-c", "a_b_c", "A B C"],
    ["my-api-", "my-api", "my_api", "My API"],
  ])("%s", (name, ...[slug, module, title]) => {
    expect(spell(name)).toEqual({ slug, module, title });
  });

  it.each(["my-api", "MyHTTPServer", "x", "eBay tools", "a1-b2", "Ab Cd-ef", "v2API", "json2csv"])(
    "the title of %s spells the same project again",
    (name) => {
      const { title } = spell(name);
      expect(spell(title)).toEqual(spell(name));
    },
  );
});

describe("a name is refused", () => {
  const codeOf = (name: string): string | undefined => checkName(name, stack.reserved)?.code;

  it.each([
    ["", "name.invalid"],
    ["1api", "name.invalid"],
    ["-api", "name.invalid"],
    ["_api", "name.invalid"],
    ["my api ", "name.invalid"],
    ["my.api", "name.invalid"],
    ["my/api", "name.invalid"],
    ["it's", "name.invalid"],
    ['a"b', "name.invalid"],
    ["a$(id)", "name.invalid"],
    ["a\nb", "name.invalid"],
    ["a\u202Eb", "name.invalid"],
    ["café", "name.invalid"],
    ["{{a}}", "name.invalid"],
    ["a".repeat(65), "name.too-long"],
    ["class", "name.reserved"],
    ["None", "name.reserved"],
    ["json", "name.reserved"],
    ["email", "name.reserved"],
    ["test", "name.reserved"],
    ["fastapi", "name.reserved"],
    ["FastAPI", undefined],
    ["pydantic-settings", "name.reserved"],
    ["app", "name.reserved"],
    ["a".repeat(64), undefined],
    ["json-api", undefined],
  ])("%j -> %s", (name, code) => {
    expect(codeOf(name)).toBe(code);
  });

  it("with every character that it may have", () => {
    expect(checkName("my.api", stack.reserved)?.hint).toContain("letters, digits, spaces, - and _");
  });

  it("with the reason and another that would do", () => {
    expect(checkName("json", stack.reserved)).toMatchObject({
      message: containing("standard library"),
      hint: containing("--name json-api"),
    });
  });
});

it("what is shown of a hostile text cannot steer the terminal or fill it", () => {
  expect(printable("a\u001b[31mb\u202Ec\n")).toBe("a�[31mb�c�");
  expect(printable("x".repeat(500))).toHaveLength(80);
});
