import type { ProjectRecord, ResourceRecord } from "../../../src/plan/record.js";

/** A resource as a project remembers it. */
export const customer: ResourceRecord = {
  name: "Customer",
  plural: "customers",
  fields: ["name:string(255)"],
  flags: [],
  migration: { path: "alembic/versions/2_create_customers.py", revision: "b" },
  files: ["app/models/customer.py", "alembic/versions/2_create_customers.py"],
};

/** The record of a project with these resources. */
export function recordWith(...resources: readonly ResourceRecord[]): ProjectRecord {
  return {
    generator: { name: "create-secure-api", version: "0.1.0" },
    stack: "fastapi",
    answers: { database: "sqlite", features: ["email"] },
    resources,
    files: {},
  };
}
