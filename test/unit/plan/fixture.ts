/** A small set of templates, one of each kind. */
export const templates: ReadonlyMap<string, string> = new Map([
  ["README.md.hbs", "# {{md name.title}}\n"],
  ["Dockerfile", "FROM scratch\n"],
  ["_env.hbs", "SECRET_KEY={{secrets.secretKey}}\nDATABASE_URL_DEV={{env database.url}}\n"],
  ["_gitignore", ".env\n"],
  ["_github/workflows/ci.yml", "name: ci\n"],
  ["app/__init__.py", '"""The application."""\n'],
  [
    "app/core/constants.py.hbs",
    'PROJECT_NAME = {{py name.title}}\nPROJECT_SLUG = "{{name.slug}}"\n',
  ],
  ["scripts/check", "#!/bin/sh\n"],
]);
