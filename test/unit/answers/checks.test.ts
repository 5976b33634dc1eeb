import { describe, expect, it } from "vitest";

import { checkDirectory, checkEmail, checkPostgresUrl } from "../../../src/answers/checks.js";

describe("an e-mail address", () => {
  it.each([
    "admin@example.com",
    "o'brien+x@mail.example.co.uk",
    "a@b.io",
    "A.B@xn--bcher-kva.example",
  ])("%s is accepted", (email) => {
    expect(checkEmail(email)).toBeUndefined();
  });

  it.each([
    "",
    "admin",
    "@example.com",
    "admin@",
    "admin@localhost",
    "admin@host",
    "a b@example.com",
    "a@b@example.com",
    "a..b@example.com",
    ".a@example.com",
    "a@-b.com",
    "a@example.test",
    "a@printer.local",
    "a\n@example.com",
    'a"b@example.com',
    "ä@example.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(64)}.com`,
    `a@${"b.".repeat(130)}com`,
  ])("%j is refused", (email) => {
    expect(checkEmail(email)).toMatchObject({ code: "email.invalid" });
  });
});

describe("the URL of a PostgreSQL database", () => {
  it.each([
    "postgresql://localhost/app",
    "postgres://app:s3cret@db.example.com:5432/app?sslmode=verify-full",
    "postgresql://app:p%40ss@[::1]:5433/app",
  ])("%s is accepted", (url) => {
    expect(checkPostgresUrl(url)).toBeUndefined();
  });

  it.each([
    "",
    "localhost",
    "mysql://localhost/app",
    "sqlite:///app.db",
    "postgresql://localhost",
    "postgresql://localhost/",
    "postgresql:///app",
    "postgresql://a b/app",
    "postgresql://localhost/app\nSECRET_KEY=x",
    "postgresql://u:p'\"@localhost/app",
    "postgresql://u:${HOME}@localhost/app",
    "postgresql://localhost:notaport/app",
    "postgresql://localhost:99999/app",
    "postgresql://u:p@ss@localhost/app",
    "postgresql://u:%zz@localhost/app",
    "postgresql://u:100%@localhost/app",
  ])("%j is refused", (url) => {
    expect(checkPostgresUrl(url)).toMatchObject({ code: "database-url.invalid" });
  });

  it("is never repeated, since it may hold a password", () => {
    expect(JSON.stringify(checkPostgresUrl("mysql://u:hunter2@h/d"))).not.toContain("hunter2");
  });
});

describe("a folder", () => {
  it.each(["my-api", ".", "../x/my-api", "/tmp/a b", "it's here", "ünïcode"])(
    "%s may be spelt so",
    (path) => {
      expect(checkDirectory(path)).toBeUndefined();
    },
  );

  it.each([
    "",
    "   ",
    "-rf",
    "a\0b",
    "a\nb",
    "con",
    "x/NUL",
    "aux.txt",
    "~",
    "~/x",
    "a".repeat(256),
  ])("%j is refused", (path) => {
    expect(checkDirectory(path)).toMatchObject({ code: "directory.invalid" });
  });
});
