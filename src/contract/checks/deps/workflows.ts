import type { Check } from "../../check.js";

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const PINNED = /@[0-9a-f]{40}$/;

/** What runs on the way to production. */
export const workflowChecks: readonly Check[] = [
  {
    id: "DEPS-04",
    needs: "inspector",
    profiles: ["development"],
    fix: "Name actions by the digest of a commit, and give a workflow `contents: read` and nothing else.",
    run: async (t) => {
      const { workspace } = t.lab;
      const paths = [...(await workspace.list()).keys()].filter((path) => WORKFLOW.test(path));
      if (paths.length === 0) t.skip("the project has no workflow");
      for (const path of paths) {
        const text = await workspace.read(path);
        const used = [...text.matchAll(/\buses: *(\S+)/g)].map(([, action = ""]) => action);
        t.equal(
          `${path} names every action by a digest`,
          used.filter((one) => !PINNED.test(one)),
          [],
        );
        const rights = [...text.matchAll(/^ *permissions:(.*(?:\n +[\w-]+: *\w+)*)/gm)];
        t.equal(`${path} says what it may do`, rights.length > 0, true);
        const writing = rights.filter(([whole]) => /write|-all/.test(whole));
        t.equal(`${path} may only read`, writing.length, 0);
        t.equal(`${path} reads no secret`, text.includes("secrets."), false);
      }
    },
  },
];
