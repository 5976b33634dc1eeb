#!/usr/bin/env node
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`error: Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
  process.exitCode = 3;
} else {
  const { main } = await import("../dist/cli.js");
  await main(process.argv.slice(2));
}
