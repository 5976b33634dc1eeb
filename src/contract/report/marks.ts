/** What each kind of report has near its beginning, whichever version wrote it. */
export const REPORT_MARKS = {
  html: /^<!doctype html>[^]*<meta name="generator" content="create-secure-api /,
  junit: /^<\?xml [^>]*>\s*<testsuites name="create-secure-api">/,
  sarif: /^\{\s*"\$schema": "[^"]*sarif[^]*"driver": \{\s*"name": "create-secure-api"/,
} as const;
