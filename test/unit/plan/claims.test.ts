import { describe, expect, it } from "vitest";

import { catalogue } from "../../../src/contract/catalogue/index.js";
import { claimsTables } from "../../../src/plan/claims.js";
import { stack } from "../../../src/stacks/registry.js";

const TESTS = `"""CONF-01."""


async def test_one(
    client: Client,
) -> None:
    """SESS-01, SESS-02: both \`\`at\`\` *once*.

    Not this.
    """


def test_two() -> None:
    """Nothing of SESS-03."""


def test_three() -> None:
    """SESS-01."""
`;

describe("the claims of a file of tests", () => {
  it("are read from the first lines of its docstrings", () => {
    const file = "tests/test_x.py";
    const says = "both `at` \\*once\\*.";
    expect(stack.claims(file, TESTS)).toEqual([
      { id: "CONF-01", test: "", file, says: "" },
      { id: "SESS-01", test: "test_one", file, says },
      { id: "SESS-02", test: "test_one", file, says },
      { id: "SESS-01", test: "test_three", file, says: "" },
    ]);
  });

  it("are read in a folder of tests too", () => {
    expect(stack.claims("tests/uploads/test_x.py", TESTS)).toHaveLength(4);
  });

  it("are read of the tests of a class too", () => {
    const text = [
      "class TestOutage:",
      "    async def test_four(",
      "        self, client: Client",
      "    ) -> None:",
      '        """DATA-01, ERR-05."""',
      "",
      "    def test_five(self) -> None:",
      '        """DATA-02: said."""',
      "",
    ].join("\n");
    const named = stack.claims("tests/test_x.py", text).map(({ id, test }) => [id, test]);
    expect(named).toEqual([
      ["DATA-01", "test_four"],
      ["ERR-05", "test_four"],
      ["DATA-02", "test_five"],
    ]);
  });

  it("are none in any other file", () => {
    expect(stack.claims("app/main.py", TESTS)).toEqual([]);
    expect(stack.claims("tests/support/x.py", TESTS)).toEqual([]);
  });
});

describe("the tables of claims", () => {
  const tables = claimsTables(catalogue, stack.claims("tests/test_x.py", TESTS));

  it("name every test of a claim, or the file where all hold it", () => {
    expect(tables).toMatch(/^\| SESS-01 \| .+ \| RFC 9700 .+ \| `test_one`, `test_three` \|$/mu);
    expect(tables).toMatch(/^\| CONF-01 \| .+ \| `tests\/test_x.py` \|$/mu);
  });

  it("leave out what no test holds, and a section without any", () => {
    expect(tables.match(/^\| [A-Z]+-\d+ /gmu)).toHaveLength(3);
    expect(tables.match(/^### .+$/gmu)).toEqual(["### Sessions", "### Configuration"]);
  });
});
