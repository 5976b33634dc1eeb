import type { Plan } from "./plan.js";

/** The plan of a new project as a unified diff against nothing; what is secret stays out of it. */
export function diffOfNew({ tree, secret }: Plan): string {
  const parts = [...tree].map(([path, { text }]) => {
    const head = `--- /dev/null\n+++ b/${path}\n`;
    if (secret.has(path)) return `${head}(holds generated secrets: not shown)\n`;
    if (text === "") return head;
    const lines = text.replace(/\n$/, "").split("\n");
    return `${head}@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join("")}`;
  });
  return parts.join("");
}
