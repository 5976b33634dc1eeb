/**
 * What a referee says and we do not follow, each with its reason. An entry that nothing needs any more is an
 * error too, so that this list only gets shorter.
 */
export const ACCEPTED = [
  {
    referee: "spectral",
    pattern:
      /^owasp:api2:2023-write-restricted at paths\.\/api\/v1\/auth\/(login|register|forgot-password|reset-password|verify-email|refresh|logout)\.post$/u,
    why: "these are how people come in and out: a password, a mailed token or the cookie stands for the sign-in",
  },
  {
    referee: "spectral",
    pattern: /^owasp:api4:2023-rate-limit at /u,
    why: "a 429 carries Retry-After, RateLimit and RateLimit-Policy; on every other answer they would cost a second question to the shared counters",
  },
  {
    referee: "spectral",
    pattern: /^owasp:api4:2023-array-limit at components\.schemas\.ExportOut\./u,
    why: "the export is everything that is held about a person (GDPR, article 15): a bound would leave something out",
  },
  {
    referee: "detect-secrets",
    pattern:
      /^Hex High Entropy String (\.secure-api\.json|requirements(-dev)?\.txt|alembic\/versions\/\w+\.py):/u,
    why: "hashes of files and of packages, and the ids of migrations: public by purpose",
  },
  {
    referee: "detect-secrets",
    pattern:
      / (tests\/|\.env\.example:|README\.md:|\.github\/workflows\/ci\.yml:|app\/core\/(redaction|smtp_url)\.py:)/u,
    why: "made-up credentials of examples, tests and a throw-away database; what is generated at random stands in .env only",
  },
  {
    referee: "schemathesis",
    pattern:
      /^ST202 .*"code": "(?:invalid_cursor|idempotency_key_reused|invalid_token|password_\w+|unsupported_file_type|empty_file)"/u,
    why: "a cursor, a mailed token, a password's strength and a file's content are checked beyond what a schema can say",
  },
  {
    referee: "schemathesis",
    pattern: /^ST202 .*"msg": "is in the past"/u,
    why: "no schema can say that an expiry lies in the future",
  },
  {
    referee: "schemathesis",
    pattern: /^ST202 .*"code": "version_changed"/u,
    why: "an If-Match that fits no version is refused with 412: that is what it is for (RFC 9110, 13.1.1)",
  },
  {
    referee: "schemathesis",
    pattern: /^ST202 .*"loc": \["header", "If-Match"\], "type": "string_pattern_mismatch"/u,
    why: "it sends a value that the pattern in the specification excludes",
  },
  {
    referee: "schemathesis",
    pattern: /^ST202 .*"msg": "\w+ cannot be null"/u,
    why: "a field of a partial update may be left out and not emptied, for which the framework's schema has no words",
  },
];
