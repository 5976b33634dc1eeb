import { describe, expect, test } from "vitest";
import { canReach, LOOPBACK, sparePort } from "../../../src/run/network.js";
import { prove } from "../../../src/run/proof.js";
import { serve } from "../../../src/run/server.js";
import { server } from "../../fixtures/programs.js";

const cwd = process.cwd();
const { signal } = new AbortController();
const admin = { email: "admin@example.com", password: "right" };

/** Prove the stand-in server, and see that nothing of it is left. */
async function proveMode(mode: string, password = "right"): Promise<void> {
  let used = 0;
  const at = (port: number) => server((used = port), mode);
  try {
    await prove({ server: at, cwd, signal, admin: { ...admin, password } });
  } finally {
    expect(await canReach({ host: LOOPBACK, port: used }, 1)).toBe(false);
  }
}

describe("the proof", () => {
  test("passes on a server that is ready and lets the administrator in", async () => {
    await expect(proveMode("works")).resolves.toBeUndefined();
  });

  test("asks for readiness alone where there is no administrator", async () => {
    await prove({ server: (port) => server(port, "stranger"), cwd, signal });
  });

  test("fails with the server's own words when it dies", async () => {
    const proof = proveMode("dies");
    await expect(proof).rejects.toMatchObject({
      message: "The server (`serve`) ended with exit code 3.",
      output: "no such table: users",
    });
  });

  test("fails when the server never gets ready", async () => {
    await expect(proveMode("unready")).rejects.toThrow("answered 503 at /health/ready within 1 s");
  });

  test("fails when the administrator is not let in, and shows the server's log", async () => {
    await expect(proveMode("works", "wrong")).rejects.toMatchObject({
      message: "The project answered /api/v1/auth/login with 401.",
      output: "GET /health/ready 200\nPOST /api/v1/auth/login 401",
    });
  });

  test("fails when the token belongs to somebody else", async () => {
    await expect(proveMode("stranger")).rejects.toThrow("with another account");
  });

  test("is a cancellation when it is interrupted", async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 200);
    const at = (port: number) => ({ ...server(port, "unready"), startSeconds: 20 });
    const proof = prove({ server: at, cwd, signal: controller.signal, admin });
    await expect(proof).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("the server in the foreground", () => {
  test("is announced when it is ready, and ends with the interrupt", async () => {
    const controller = new AbortController();
    const port = await sparePort();
    const onReady = (): void => {
      controller.abort();
    };
    await serve(server(port), { cwd, signal: controller.signal, onReady });
    expect(await canReach({ host: LOOPBACK, port }, 1)).toBe(false);
  });

  test("is a failure when it ends by itself", async () => {
    const serving = serve(server(await sparePort(), "dies"), {
      cwd,
      signal,
      onReady: () => undefined,
    });
    await expect(serving).rejects.toThrow("ended with exit code 3");
  });
});
