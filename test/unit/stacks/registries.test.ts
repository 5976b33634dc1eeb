import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { spellResource, USUAL_FLAGS } from "../../../src/answers/resource.js";
import { registriesOf } from "../../../src/stacks/fastapi/registries.js";
import type { Registry, Subject, Wiring } from "../../../src/stacks/resource.js";
import { lint } from "../../golden/ruff.js";

const [routers, models] = registriesOf(({ resource: { names } }) => [names.plural.snake]);
if (routers === undefined || models === undefined) throw new Error("a registry is missing");

function resource(name: string): Subject {
  const one = { names: spellResource(name), fields: [], flags: USUAL_FLAGS };
  return { resource: one, resources: new Map([[name, one]]) };
}

const ROUTERS = `"""Every router."""

from fastapi import APIRouter

from app.api.v1.auth import router as auth
from app.api.v1.users import router as users

ROUTERS: tuple[APIRouter, ...] = (
    auth,
    users,
)
`;
const MODELS = `"""Every table.

Two paragraphs.
"""

from app.models.audit import AuditHead, AuditRecord
from app.models.user import User

__all__ = [
    "AuditHead",
    "AuditRecord",
    "User",
]
`;

function written(wiring: Wiring): string {
  if (wiring.kind !== "written") throw new Error(JSON.stringify(wiring));
  return wiring.text;
}

function addAll(registry: Registry, text: string, names: readonly string[]): string {
  return names.reduce((now, name) => written(registry.add(now, resource(name))), text);
}

describe("a router is added", () => {
  it("in its place", () => {
    expect(written(routers.add(ROUTERS, resource("BlogPost")))).toBe(
      ROUTERS.replace(
        "from app.api.v1.users",
        "from app.api.v1.blog_posts import router as blog_posts\nfrom app.api.v1.users",
      ).replace("    users,", "    blog_posts,\n    users,"),
    );
  });

  it("once", () => {
    const text = written(routers.add(ROUTERS, resource("Note")));
    expect(routers.add(text, resource("Note"))).toEqual({ kind: "already" });
  });

  it("to the list, where only its import was there", () => {
    const half = ROUTERS.replace("    users,\n", "");
    expect(written(routers.add(half, resource("User")))).toBe(ROUTERS);
  });

  it("beside the user's own lines, which may be out of order and wrapped", () => {
    const own = ROUTERS.replace(
      "from app.api.v1.auth import router as auth\n",
      "from app.api.v1.zoo import admin, router as zoo\nfrom app.api.v1.auth import (\n    router as auth,\n)\n",
    ).replace("    auth,", "    zoo,\n    admin,\n    auth,");
    const text = written(routers.add(own, resource("Note")));
    expect(text).toContain(
      "from app.api.v1.zoo import admin\nfrom app.api.v1.zoo import router as zoo",
    );
    expect(text).toContain("(\n    admin,\n    auth,\n    notes,\n    users,\n    zoo,\n)");
    expect(text).toContain("from app.api.v1.auth import router as auth\n");
  });
});

describe("a model is added", () => {
  it("in its place", () => {
    expect(written(models.add(MODELS, resource("Note")))).toBe(
      MODELS.replace(
        "from app.models.user",
        "from app.models.note import Note\nfrom app.models.user",
      ).replace('    "User"', '    "Note",\n    "User"'),
    );
  });

  it("to a line that has others", () => {
    const own = written(models.add(MODELS, resource("Invoice"))).replace(
      "import Invoice\n",
      "import InvoiceLine\n",
    );
    expect(written(models.add(own, resource("Invoice")))).toContain(
      "from app.models.invoice import Invoice, InvoiceLine\n",
    );
  });
});

it("what was added and taken out again leaves the text as it was", () => {
  for (const [registry, text] of [
    [routers, ROUTERS],
    [models, MODELS],
  ] as const) {
    const more = addAll(registry, text, ["Note", "APIKey2"]);
    const less = written(registry.remove(more, resource("Note")));
    expect(written(registry.remove(less, resource("APIKey2")))).toBe(text);
    expect(registry.remove(text, resource("Note"))).toEqual({ kind: "already" });
  }
});

it("the linter has nothing to put right, whatever the names", () => {
  const long = `A${"very".repeat(9)}Long`;
  const names = ["Item10", "Item2", "Item", "APIClient", "Account", "URL", "X", "AbC", "ABc", long];
  const files = [
    ["app/api/v1/__init__.py", addAll(routers, ROUTERS, names)],
    ["app/models/__init__.py", addAll(models, MODELS, names)],
  ] as const;
  const pyproject = readFileSync("test/golden/default/pyproject.toml", "utf8");
  const tree = new Map(
    [["pyproject.toml", pyproject] as const, ...files].map(
      ([path, text]) => [path, { text, mode: 0o644 }] as const,
    ),
  );
  expect(lint(tree)).toEqual([]);
  for (const [, text] of files) {
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  }
});

describe("a file of another form is left alone, and the place is named", () => {
  const paste = [
    "from app.api.v1.notes import router as notes",
    "ROUTERS: tuple[APIRouter, ...] = ( ...",
    "    notes,",
  ];

  it.each([
    ["", 1, "missing"],
    [ROUTERS.replaceAll("\n", "\r\n"), 1, "CR LF"],
    [ROUTERS.replace('"""Every router."""\n\n', ""), 1, "docstring"],
    [ROUTERS.replace("from fastapi import APIRouter\n", ""), 3, "from fastapi import APIRouter"],
    [ROUTERS.replace("from app.api.v1.users", "# mine\nfrom app.api.v1.users"), 6, "# mine"],
    [ROUTERS.replace("from app.api.v1.users", "import os\nfrom app.api.v1.users"), 6, "import os"],
    [ROUTERS.replace("app.api.v1.users import", "app.api.v2.users import"), 6, "app.api.v2"],
    [ROUTERS.replace("import router as users", "import *"), 6, "no import"],
    [ROUTERS.replace("router as users", "(router as users"), 6, "import"],
    [ROUTERS.replace("ROUTERS: tuple[APIRouter, ...] = (", "ROUTERS = ["), 11, "missing"],
    [ROUTERS.replace("    users,", "    users, auth,"), 10, "users, auth,"],
    [ROUTERS.replace("    users,", "    *users,"), 10, "*users"],
    [ROUTERS.replace("\n)\n", "\n"), 9, "no end"],
    [`${ROUTERS}print()\n`, 12, "follows"],
    [
      ROUTERS.replace("router as auth", "router as notes").replace("    auth,", "    notes,"),
      5,
      "notes",
    ],
  ])("%#", (text, line, reason) => {
    const wiring = routers.add(text, resource("Note"));
    expect(wiring).toMatchObject({ kind: "blocked", line, paste });
    expect(wiring).toHaveProperty("reason", expect.stringContaining(reason));
  });
});
