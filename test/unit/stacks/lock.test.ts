import { describe, expect, it } from "vitest";

import { pruneLock, requiredNames } from "../../../src/stacks/fastapi/lock.js";

const LOCK = `# made by a tool
alpha==1 \\
    --hash=sha256:aa
    # via -r requirements.in
beta==2 ; sys_platform == 'win32' \\
    --hash=sha256:bb
    # via
    #   alpha
    #   gamma
delta==4
    # via gamma
epsilon==5
    # via
    #   -r requirements.in
    #   gamma
gamma==3
    # via -r requirements.in
`;

describe("a lock without a requirement", () => {
  it("loses it and what only it needed, and does not name it as a reason any more", () => {
    expect(pruneLock(LOCK, ["gamma"])).toBe(`# made by a tool
alpha==1 \\
    --hash=sha256:aa
    # via -r requirements.in
beta==2 ; sys_platform == 'win32' \\
    --hash=sha256:bb
    # via alpha
epsilon==5
    # via -r requirements.in
`);
  });

  it("keeps what another package needs too", () => {
    expect(pruneLock(LOCK, ["epsilon"])).toContain("epsilon==5\n    # via gamma\n");
  });

  it("is the same text where nothing is left out", () => {
    expect(pruneLock(LOCK, [])).toBe(LOCK);
  });

  it("is constrained only by what the other lock still holds", () => {
    const lock =
      "zeta==6\n    # via\n    #   -c requirements.txt\n    #   -r requirements-dev.in\n";
    expect(pruneLock(lock, [], LOCK)).toBe("zeta==6\n    # via -r requirements-dev.in\n");
    expect(pruneLock(lock, [], LOCK.replace("gamma==3", "zeta==6"))).toBe(lock);
  });

  it("refuses to guess why a package is there", () => {
    expect(() => pruneLock("alpha==1\n", [])).toThrow("alpha==1");
  });
});

describe("the names that requirement lines ask for", () => {
  it("are normalised, without versions, extras and comments", () => {
    const lines = ["", "# Mail", "Aio_SMTPlib>=5    # why", "moto[s3]>=5; python_version < '4'"];
    expect(requiredNames(lines)).toEqual(["aio-smtplib", "moto"]);
  });
});
