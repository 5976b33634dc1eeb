import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Modules that touch the world: the pure folders may not import them. */
const IO = ["node:*", "fs", "path", "execa", "fs-extra", "@inquirer/*", "kleur", "kleur/*"];

/** Text in, text out. */
const PURE = [
  "src/plan/**",
  "src/stacks/**",
  "src/answers/{options,fields,fieldnames,fieldtypes,inflection,literals,names,parameters,resource}.ts",
  "src/contract/catalogue/**",
];

/** Refuse imports, by pattern, in one folder; type-only imports are facts about shapes and allowed. */
function forbid(files, group, message) {
  return {
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ group, message, allowTypeImports: true }] },
      ],
    },
  };
}

/** Refuse process.exit: it cuts off output that is still being written and skips the clean-up. */
const noExit = {
  object: "process",
  property: "exit",
  message: "Throw a UserError; cli.ts owns the only exit.",
};
const impure = [
  { object: "Date", property: "now", message: "The clock is an argument." },
  { object: "Math", property: "random", message: "Randomness is an argument." },
  { object: "process", property: "env", message: "The environment is an argument." },
];

const globals = Object.fromEntries(
  ["process", "console", "URL", "fetch", "performance", "setTimeout", "URLSearchParams"].map(
    (name) => [name, "readonly"],
  ),
);

export default defineConfig(
  globalIgnores([
    "dist",
    "coverage",
    "templates",
    "test/golden/default",
    "test/golden/minimal",
    "test/golden/resources",
  ]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 200, skipBlankLines: false, skipComments: false }],
      "max-lines-per-function": ["error", { max: 50 }],
      "max-params": ["error", 3],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/cli.ts"],
    rules: { "no-restricted-properties": ["error", noExit], "no-console": "error" },
  },
  {
    files: PURE,
    rules: { "no-restricted-properties": ["error", noExit, ...impure] },
  },
  // Before the pure folders, of which its catalogue is one: the later rule counts.
  forbid(
    ["src/contract/**"],
    [
      ...["node:fs", "node:fs/*", "node:child_process", "execa", "fs-extra", "kleur", "kleur/*"],
      ...["@inquirer/*", "**/commands/**", "**/disk/**", "**/run/**", "**/stacks/**", "**/ui.js"],
    ],
    "contract/ speaks HTTP and asks its Inspector; it starts nothing and touches no file.",
  ),
  forbid(
    PURE,
    [...IO, "**/commands/**", "**/disk/**", "**/run/**", "**/ui.js", "**/cli.js"],
    "This folder is pure: text in, text out. The caller does the input and output.",
  ),
  forbid(
    ["src/disk/**"],
    ["execa", "kleur", "kleur/*", "@inquirer/*", "**/commands/**", "**/run/**", "**/ui.js"],
    "disk/ reads and writes files and does nothing else.",
  ),
  forbid(
    ["src/run/**"],
    ["fs-extra", "kleur", "kleur/*", "@inquirer/*", "**/commands/**", "**/disk/**", "**/ui.js"],
    "run/ starts processes and does nothing else.",
  ),
  forbid(
    ["src/{commands,answers}/**", "src/cli.ts", "src/ui.ts"],
    ["execa", "fs-extra", "node:fs", "node:fs/*", "node:child_process"],
    "Files belong to disk/, processes to run/.",
  ),
  {
    files: ["**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false }, globals },
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    files: ["eslint.config.js", "vitest*.config.ts", "src/types/**"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    // A list of checks has its type; the rule does not see it through the brackets.
    files: ["src/contract/checks/**"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    // A describe block is a chapter, not a function.
    files: ["test/**"],
    rules: { "max-lines-per-function": "off" },
  },
);
