import { describe, expect, it } from "vitest";

import { importLine, naturally, sortImports } from "../../../src/stacks/fastapi/python.js";

describe("names are sorted as the linter sorts them", () => {
  it.each([
    [
      ["item10", "item2", "item"],
      ["item", "item2", "item10"],
    ],
    [
      ["app.core.a_b", "app.core.a.b"],
      ["app.core.a.b", "app.core.a_b"],
    ],
    [
      ["auth", "audit_events", "api_keys"],
      ["api_keys", "audit_events", "auth"],
    ],
  ])("%j", (names, sorted) => {
    expect(names.toSorted(naturally)).toEqual(sorted);
  });
});

describe("an import statement", () => {
  it("names constants, then classes, then functions", () => {
    expect(importLine("app.core", ["read", "Role", "API_PREFIX"])).toBe(
      "from app.core import API_PREFIX, Role, read",
    );
  });

  it("is wrapped where it passes 100 columns", () => {
    const names = Array.from({ length: 8 }, (_, index) => `a_rather_long_name_${index}`);
    const line = importLine("app.models", names);
    expect(line.split("\n")).toHaveLength(10);
    expect(line).toMatch(/^from app\.models import \(\n {4}a_rather_long_name_0,\n[^]*\n\)$/u);
  });
});

describe("the imports of a file", () => {
  it("come in order, those of one module together, and the rest of the file stays", () => {
    const text = [
      "import sys",
      "",
      "from app.services import audit",
      "from app.utils.helpers import utc_now",
      "from app.services import erasure",
      "from app.core.mail import Mail",
      "",
      "from app = 1",
      "",
    ].join("\n");

    expect(sortImports(text)).toBe(
      [
        "import sys",
        "",
        "from app.core.mail import Mail",
        "from app.services import audit, erasure",
        "from app.utils.helpers import utc_now",
        "",
        "from app = 1",
        "",
      ].join("\n"),
    );
  });

  it("keep a changed name on a line of its own, and lines that were in order as they were", () => {
    const text =
      "from app.crud import a as b\nfrom app.crud import c\nfrom app.db import (\n    x,\n)\n";
    expect(sortImports(text)).toBe(text);
  });
});
