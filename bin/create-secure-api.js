#!/usr/bin/env node
// Nodes that are too old for the program have to be able to read this file.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
  process.exitCode = 3;
} else {
  const { main } = await import("../dist/cli.js");
  await main(process.argv.slice(2));
}
