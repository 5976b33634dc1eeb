import { describe, expect, it } from "vitest";

import { freeMinute } from "../../../src/commands/project.js";
import { headOf } from "../../../src/plan/history.js";
import { resourceStack } from "../../../src/stacks/resources.js";

const { history } = resourceStack;

function migration(id: string, parents: string): string {
  return `"""x"""\n\nrevision = "${id}"\ndown_revision = ${parents}\nbranch_labels = None\n`;
}

const FIRST = ["alembic/versions/1.py", migration("a", "None")] as const;

function head(...texts: readonly (readonly [string, string])[]): unknown {
  const found = headOf(history, new Map([FIRST, ...texts]));
  return found.kind === "head" ? found.revision : found.problem;
}

function file(text: string): readonly [string, string] {
  return ["alembic/versions/2.py", text];
}

/** What Alembic's own template writes, of several years, and what people make of it. */
const FOLLOWERS = {
  "as our template writes it": migration("b", '"a"'),
  "as Alembic's template writes it": `"""mine

Revision ID: b
Revises: a
Create Date: 2026-02-01 10:00:00.000000

"""
from typing import Sequence, Union

from alembic import op

# revision identifiers, used by Alembic.
revision: str = 'b'
down_revision: Union[str, Sequence[str], None] = 'a'
branch_labels: Union[str, Sequence[str], None] = ('mine',)
depends_on: Union[str, Sequence[str], None] = None
`,
  "as Alembic wrote it once": "revision = 'b'\ndown_revision = 'a'\n",
  "with other annotations": `revision: Final[str] = "b"\ndown_revision: str | None = "a"\n`,
  "with comments": `revision = "b"  # mine\ndown_revision = "a"  # "z"\n`,
  "saved on Windows": migration("b", '"a"').replaceAll("\n", "\r\n"),
  "with a tuple of one": migration("b", '("a",)'),
  "with a tuple over lines": migration("b", '(\n    "a",  # "z"\n)'),
  "with a list": migration("b", '["a"]'),
  "without spaces": 'revision="b"\ndown_revision="a"\n',
};

describe("a new migration follows", () => {
  it.each(Object.entries(FOLLOWERS))("a migration %s", (_, text) => {
    expect(head(file(text))).toBe("b");
  });

  it("the first one", () => {
    expect(head()).toBe("a");
  });

  it("a merge, over lines and as a tuple", () => {
    for (const parents of ['("b", "c")', '(\n    "b",\n    "c",\n)']) {
      const branches = ["b", "c"].map((id) => [`${id}.py`, migration(id, '"a"')] as const);
      expect(head(...branches, ["m.py", migration("m", parents)])).toBe("m");
    }
  });
});

describe("it is refused, with what helps, where", () => {
  it("there is no migration", () => {
    expect(headOf(history, new Map())).toMatchObject({ problem: { code: "migrations.none" } });
  });

  it("there are several heads, which are named", () => {
    const problem = head(["b.py", migration("b", '"a"')], ["c.py", migration("c", '"a"')]);
    expect(problem).toHaveProperty("code", "migrations.heads");
    expect(problem).toHaveProperty("message", expect.stringContaining("b, c"));
    expect(problem).toHaveProperty("hint", expect.stringContaining("alembic merge"));
  });

  it.each([
    ["does not say which it is", "x = 1\n", "migrations.unreadable"],
    ["computes its name", 'revision = name()\ndown_revision = "a"\n', "migrations.unreadable"],
    ["does not say what it follows", 'revision = "b"\n', "migrations.unreadable"],
    ["follows one that is not there", migration("b", '"gone"'), "migrations.lost"],
    ["is one of two with the same name", migration("a", "None"), "migrations.twice"],
  ])("a migration %s", (_, text, code) => {
    const problem = head(file(text));
    expect(problem).toHaveProperty("code", code);
    expect(problem).toHaveProperty("message", expect.stringContaining("2.py"));
  });
});

it("what lies beside the migrations is none", () => {
  const names = ["a.py", "__init__.py", ".#a.py", "a.pyc", "README", "__pycache__"];
  expect(names.filter((name) => history.isMigration(name))).toEqual(["a.py"]);
});

it("two migrations of one minute have files of their own", () => {
  const taken = new Set(["2026-02-01T10:00", "2026-02-01T10:01"]);
  const free = freeMinute((at) => taken.has(at.slice(0, 16)), Date.UTC(2026, 1, 1, 10, 0, 30));
  expect(free).toBe("2026-02-01T10:02:30.000Z");
});
