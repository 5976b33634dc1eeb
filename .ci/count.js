/** Say how many tests there were; a test that was skipped here counts as a failure, since nothing may be missing. */
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
const [passed, skipped] = [sum("numPassedTests"), sum("numPendingTests") + sum("numTodoTests")];
const failed = sum("numFailedTests") + skipped;
const notRun = reports.some((report) => report.numTotalTests === 0 || !report.success);

if (skipped > 0) console.error(`error: ${skipped} tests were skipped.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || notRun ? 1 : 0;
