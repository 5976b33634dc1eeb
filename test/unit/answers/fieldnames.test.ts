import { describe, expect, it } from "vitest";

import { parseFields } from "../../../src/answers/fields.js";
import { reservedFields } from "../../../src/stacks/fastapi/resource/words.js";

function codes(...words: readonly string[]): readonly string[] {
  return parseFields(words, reservedFields).problems.map(({ code }) => code);
}

function messages(...words: readonly string[]): string {
  return parseFields(words, reservedFields)
    .problems.map(({ message, hint }) => `${message} ${hint}`)
    .join("\n");
}

describe("a field's name", () => {
  it.each([
    ["dueDate:date", "field.name", "due_date"],
    ["Due:date", "field.name", "due"],
    ["due-date:date", "field.name", "due_date"],
    ["due__date:date", "field.name", "due_date"],
    ["2nd:date", "field.name", "nd"],
    [`${"a".repeat(41)}:date`, "field.name", "40"],
    ["straße:date", "field.name", "40"],
    ["class:string", "field.reserved", "Python"],
    ["id:int", "field.reserved", "column"],
    ["owner_id:uuid", "field.reserved", "owner_ref"],
    ["created_at:datetime", "field.reserved", "column"],
    ["limit:int", "field.reserved", "list"],
    ["sort:int", "field.reserved", "list"],
    ["metadata:json", "field.reserved", "SQLAlchemy"],
    ["model_dump:json", "field.reserved", "Pydantic"],
    ["copy:bool", "field.reserved", "Pydantic"],
    ["order:int", "field.reserved", "PostgreSQL"],
    ["index:int", "field.reserved", "SQLite"],
    ["date:date", "field.reserved", "type"],
    ["nothing:bool", "field.reserved", "SQLite"],
    ["xmin:int", "field.reserved", "system column"],
    ["xmax:int", "field.reserved", "system column"],
    ["cmin:int", "field.reserved", "system column"],
    ["cmax:int", "field.reserved", "system column"],
    ["ctid:int", "field.reserved", "system column"],
    ["tableoid:int", "field.reserved", "system column"],
    ["model_dump_date:date", "field.reserved", "as in own_model_dump_date"],
    ["model_validated:bool", "field.reserved", "Pydantic"],
  ])("%s is refused", (word, code, part) => {
    expect(codes(word)).toEqual([code]);
    expect(messages(word)).toContain(part);
  });

  it.each([
    ["a:int", "a:text"],
    ["customer:ref(Customer)", "customer_id:uuid"],
    ["total:int", "total_gte:int"],
    ["due_lte:bool", "due:date"],
    ["tags:refs(Tag)", "tags_ids:json"],
  ])("%s does not go with %s", (...words) => {
    expect(codes(...words)).toEqual(["field.twice"]);
  });

  it.each([
    ["title:string", "title_gte:int"],
    ["model_name:string", "model:string"],
    ["a:ref(A)", "b:ref(A)"],
  ])("%s goes with %s", (...words) => {
    expect(codes(...words)).toEqual([]);
  });
});

describe("a word of SQL", () => {
  it.each(["order:ref(Order)", "commit:ref(Commit)", "group:ref(Group)", "table:ref(Table)?"])(
    "may be the name of a reference, whose column is another: %s",
    (word) => {
      expect(codes(word)).toEqual([]);
    },
  );

  it("may be that of a list of others, which is no column", () => {
    expect(codes("references:refs(Reference)")).toEqual([]);
  });

  it.each([
    "class:ref(Class)",
    "copy:ref(Copy)",
    "metadata:refs(Metadata)",
    "commit:refs(Commit)",
    "owner:ref(Owner)",
  ])("but what the classes need may not: %s", (word) => {
    expect(codes(word)).toEqual(["field.reserved"]);
  });

  it.each(["order:encrypted", "order:int?", "order"])("nor where it is the column: %s", (word) => {
    expect(codes(word)).toEqual(["field.reserved"]);
  });
});
