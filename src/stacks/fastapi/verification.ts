import type { Argv, Serving, Site, Verification } from "../stack.js";
import { ownSettings } from "./environment.js";
import { absolute, inVenv } from "./steps.js";

function python(site: Site): string {
  return absolute(inVenv("python", site), site);
}

/** The flags of the development server, without reload: what is under test must not change. */
const UVICORN = ["-m", "uvicorn", "app.main:app", "--no-proxy-headers", "--no-server-header"];
const GUNICORN = ["-m", "gunicorn", "-c", "gunicorn.conf.py"];

function server(site: Site, serving: Serving, port: number): Argv {
  return serving === "development"
    ? [python(site), ...UVICORN, "--host", "127.0.0.1", "--port", String(port)]
    : [python(site), ...GUNICORN, "--bind", `127.0.0.1:${port}`, "app.main:app"];
}

/** How a FastAPI project is booted and looked into while the contract is checked. */
export const verification: Verification = {
  programs: "verify",
  installed: [".venv"],
  waste: ["__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"],
  inspector: (site, folder) => [python(site), "-B", `${folder}/inspector.py`],
  server,
  cli: (site, words) => [python(site), "-m", "app.cli", ...words],
  migration: (site, words) => [python(site), "-m", "alembic", ...words],
  newest: ["upgrade", "head"],
  oldest: ["downgrade", "base"],
  unchanged: ["check"],
  hidden: ownSettings,
  interpreter: python,
};
