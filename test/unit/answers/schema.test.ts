import path from "node:path";

import { format } from "prettier";
import { expect, it } from "vitest";

import { configSchema } from "../../../src/answers/schema.js";
import { options } from "../../../src/stacks/registry.js";

it("the schema that editors read is the one of the options", async () => {
  const file = path.join(import.meta.dirname, "../../../config.schema.json");
  const text = await format(JSON.stringify(configSchema(options)), {
    parser: "json",
    printWidth: 100,
  });
  // Written anew by: npm run test:unit -- schema --update
  await expect(text).toMatchFileSnapshot(file);
});
