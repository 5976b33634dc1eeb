import { checkbox, confirm, input, select } from "@inquirer/prompts";

import { cancelled, type Problem } from "../errors.js";
import { parseField } from "./fields.js";
import { FIELD_TYPES, KINDS, type Kind } from "./fieldtypes.js";
import { orCancel, type Terminal } from "./prompts.js";
import { spellResource } from "./resource.js";

/** What is known before the questions. */
export interface FieldQuestions {
  readonly terminal: Terminal;
  /** Classes of the project's resources: what a reference can lead to. */
  readonly models: readonly string[];
  /** What is wrong with a name by itself. */
  readonly nameProblems: (name: string) => readonly Problem[];
  /** What is wrong with a resource, as far as it has been told. */
  readonly problems: (told: Told) => readonly Problem[];
}

interface Told {
  readonly name: string;
  readonly fields: readonly string[];
}

interface Known {
  readonly name: string | undefined;
  readonly plural: string | undefined;
  readonly fields: readonly string[];
}

/** What stands in the parentheses of a type, and what it usually is. */
const PARAMETERS: Readonly<Partial<Record<Kind, readonly [question: string, usual: string]>>> = {
  string: ["At most how many characters?", "255"],
  decimal: ["How many digits, and how many of them after the point?", "10,2"],
  enum: ["Which values, with commas between them?", ""],
};

/** Ask for the name, then for one field after another, and show what that makes. */
export async function askForResource(known: Known, questions: FieldQuestions): Promise<Told> {
  const name = known.name ?? (await askName(questions));
  const fields = known.fields.length > 0 ? known.fields : await askFields(name, questions);
  const { singular, plural } = spellResource(name, known.plural);
  const { terminal } = questions;
  const lines = [
    `${singular.pascal}, at /api/v1/${plural.kebab}:`,
    ...fields.map((one) => `  ${one}`),
  ];
  terminal.output.write(`${lines.join("\n")}\n`);
  const isRight = await orCancel(confirm({ message: "Generate it?", default: true }, terminal));
  if (!isRight) throw cancelled("Nothing was written.");
  return { name, fields };
}

function askName({ nameProblems, terminal }: FieldQuestions): Promise<string> {
  const check = (text: string): Problem | undefined => nameProblems(text)[0];
  return askText("Which resource, in the singular?", check, { terminal });
}

async function askFields(name: string, questions: FieldQuestions): Promise<readonly string[]> {
  const fields: string[] = [];
  for (;;) {
    const field = await askField({ name, fields }, questions);
    const problem =
      field === undefined
        ? incomplete({ name, fields }, questions)
        : fieldProblem({ name, fields }, field, questions);
    if (problem !== undefined) {
      questions.terminal.output.write(`${problem.message} ${problem.hint}\n`);
    } else if (field === undefined) {
      return fields;
    } else {
      fields.push(field);
    }
  }
}

/** Why this cannot be all, if it cannot. */
function incomplete(told: Told, { problems }: FieldQuestions): Problem | undefined {
  if (told.fields.length > 0) return problems(told)[0];
  const message = `${told.name} needs one field at least.`;
  return { code: "fields.missing", message, hint: "As in title:string." };
}

/** One field: whole, as on the command line, or its name and then the rest by questions. */
async function askField(told: Told, questions: FieldQuestions): Promise<string | undefined> {
  const { terminal } = questions;
  const check = (text: string): Problem | undefined =>
    text === ""
      ? undefined
      : fieldProblem(told, text.includes(":") ? text : `${text}:text`, questions);
  const message = `Field ${told.fields.length + 1}: a name, or name:type (empty when done)`;
  const text = await askText(message, check, { terminal });
  if (text === "" || text.includes(":")) return text === "" ? undefined : text;
  const type = await askType(text, questions);
  return askRest({ told, field: `${text}:${type}` }, questions);
}

/** What is wrong with one more field; that a flag waits for others does not count yet. */
function fieldProblem(
  { name, fields }: Told,
  field: string,
  { problems }: FieldQuestions,
): Problem | undefined {
  const all = problems({ name, fields: [...fields, field] });
  return all.find(({ code }) => code.startsWith("field."));
}

async function askType(name: string, { models, terminal }: FieldQuestions): Promise<string> {
  const kinds = KINDS.filter((kind) => models.length > 0 || !isReference(kind));
  const choices = kinds.map((value) => {
    const { usage, summary } = FIELD_TYPES[value];
    return { value, name: usage, description: summary };
  });
  const kind = await orCancel(select({ message: "Type", choices, default: "string" }, terminal));
  if (isReference(kind)) {
    const model = select({ message: "Of which resource?", choices: [...models] }, terminal);
    return `${kind}(${await orCancel(model)})`;
  }
  const parameter = PARAMETERS[kind];
  if (parameter === undefined) return kind;
  const [message, filled] = parameter;
  const check = (text: string): Problem | undefined =>
    parseField(`${name}:${kind}(${text})`, []).problems[0];
  return `${kind}(${await askText(message, check, { terminal, filled })})`;
}

function isReference(kind: Kind): boolean {
  return kind === "ref" || kind === "refs";
}

const OPTIONAL = "?";

/** A field of which name and type are known. */
interface Begun {
  readonly told: Told;
  readonly field: string;
}

async function askRest({ told, field }: Begun, questions: FieldQuestions): Promise<string> {
  const { terminal } = questions;
  const problem = (word: string): Problem | undefined => fieldProblem(told, word, questions);
  const [kind = ""] = /(?<=:)\w+/.exec(field) ?? [];
  const wordings: readonly (readonly [string, string])[] = [
    [OPTIONAL, "optional: may be missing"],
    [":unique", "unique: no two of one owner are the same"],
    [":index", "index: lists are often filtered or sorted by it"],
    [":private", "private: in no answer and no log"],
  ];
  const possible = wordings.filter(([mark]) => problem(`${field}${mark}`) === undefined);
  const choices = possible.map(([value, name]) => ({ value, name }));
  const marks =
    choices.length === 0
      ? []
      : await orCancel(checkbox({ message: "More about it", choices }, terminal));
  const whole = `${field}${marks.join("")}`;
  const isFilled = KINDS.some(
    (known) => known === kind && FIELD_TYPES[known].acceptDefault !== undefined,
  );
  if (!isFilled || marks.includes(":unique")) return whole;
  const check = (text: string): Problem | undefined =>
    text === "" ? undefined : problem(`${whole}=${text}`);
  const value = await askText("Default (empty for none)", check, { terminal });
  return value === "" ? whole : `${whole}=${value}`;
}

/** A line of text that says while it is typed whether it will do. */
function askText(
  message: string,
  check: (text: string) => Problem | undefined,
  { terminal, filled = "" }: { readonly terminal: Terminal; readonly filled?: string },
): Promise<string> {
  const question = {
    message,
    ...(filled !== "" && { default: filled }),
    transformer: (text: string, { isFinal }: { readonly isFinal: boolean }) => {
      const problem = isFinal || text === "" ? undefined : check(text);
      return problem === undefined ? text : `${text}   (${problem.message})`;
    },
    validate: (text: string) => {
      const problem = check(text === "" ? filled : text);
      return problem === undefined || `${problem.message} ${problem.hint}`;
    },
  };
  return orCancel(input(question, terminal));
}
