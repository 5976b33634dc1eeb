import { describe, expect, it } from "vitest";

import { checkResourceName, spellResource } from "../../../src/answers/resource.js";

describe("a resource's name in all spellings", () => {
  it.each([
    ["Invoice", "invoice", "Invoice", "an invoice", "invoices", "invoices", "Invoices"],
    ["BlogPost", "blog_post", "BlogPost", "a blog post", "blog_posts", "blog-posts", "Blog posts"],
    ["blog-post", "blog_post", "BlogPost", "a blog post", "blog_posts", "blog-posts", "Blog posts"],
    ["blog post", "blog_post", "BlogPost", "a blog post", "blog_posts", "blog-posts", "Blog posts"],
    [
      "APIClient",
      "api_client",
      "APIClient",
      "an API client",
      "api_clients",
      "api-clients",
      "API clients",
    ],
    [
      "api_client",
      "api_client",
      "ApiClient",
      "an API client",
      "api_clients",
      "api-clients",
      "API clients",
    ],
    ["ShortURL", "short_url", "ShortURL", "a short URL", "short_urls", "short-urls", "Short URLs"],
    ["URL", "url", "URL", "a URL", "urls", "urls", "URLs"],
    [
      "SqlQuery",
      "sql_query",
      "SqlQuery",
      "an SQL query",
      "sql_queries",
      "sql-queries",
      "SQL queries",
    ],
    ["Category", "category", "Category", "a category", "categories", "categories", "Categories"],
    ["Person", "person", "Person", "a person", "people", "people", "People"],
    ["Leaf", "leaf", "Leaf", "a leaf", "leaves", "leaves", "Leaves"],
    ["Status", "status", "Status", "a status", "statuses", "statuses", "Statuses"],
    ["Address", "address", "Address", "an address", "addresses", "addresses", "Addresses"],
    ["Item2", "item2", "Item2", "an item2", "item2s", "item2s", "Item2s"],
    ["Hour", "hour", "Hour", "an hour", "hours", "hours", "Hours"],
    ["Unit", "unit", "Unit", "a unit", "units", "units", "Units"],
    ["Umbrella", "umbrella", "Umbrella", "an umbrella", "umbrellas", "umbrellas", "Umbrellas"],
  ])("%s", (name, ...spellings) => {
    const [snake, pascal, prose, plural, path, title] = spellings;
    const names = spellResource(name);
    expect(names.singular).toMatchObject({ snake, pascal });
    expect(`${names.article} ${names.singular.prose}`).toBe(prose);
    expect(names.plural).toMatchObject({ snake: plural, kebab: path, title });
  });

  it("the plural can be given", () => {
    const { singular, plural } = spellResource("Staff", "StaffMembers");
    expect(singular.snake).toBe("staff");
    expect(plural).toMatchObject({ snake: "staff_members", kebab: "staff-members" });
  });
});

describe("a resource's name is refused", () => {
  it.each([
    ["", undefined, "resource.name"],
    ["1st", undefined, "resource.name"],
    ["_a", undefined, "resource.name"],
    ["a/b", undefined, "resource.name"],
    ["../x", undefined, "resource.name"],
    ["Invoice ", undefined, "resource.name"],
    ["a--b", undefined, "resource.name"],
    ["Größe", undefined, "resource.name"],
    ["A".repeat(41), undefined, "resource.name"],
    ["Invoice", "in voices!", "resource.name"],
    ["Invoices", undefined, "resource.plural"],
    ["BlogPosts", undefined, "resource.plural"],
    ["People", undefined, "resource.plural"],
    ["Equipment", undefined, "resource.plural"],
    ["Invoice", "invoice", "resource.plural"],
    ["Equipment", "EquipmentItems", undefined],
    ["Invoices", "InvoiceSets", undefined],
    ["Invoice", undefined, undefined],
    ["Status", undefined, undefined],
    ["Process", undefined, undefined],
    ["a".repeat(40), undefined, undefined],
  ])("%s, plural %s", (name, plural, code) => {
    expect(checkResourceName(name, plural)?.code).toBe(code);
  });

  it.each([
    ["Invoices", "Invoice"],
    ["BlogPosts", "BlogPost"],
    ["Equipment", "--plural equipment-items"],
  ])("%s, with a suggestion", (name, suggestion) => {
    expect(checkResourceName(name)?.hint).toContain(suggestion);
  });
});
