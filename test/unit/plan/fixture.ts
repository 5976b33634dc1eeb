/** A small set of templates, one of each kind. */
export const templates: ReadonlyMap<string, string> = new Map([
  ["project/README.md.hbs", "# {{md name.title}}\n"],
  ["project/Dockerfile", "FROM scratch\n"],
  ["project/_env.hbs", "SECRET_KEY={{secrets.secretKey}}\nDATABASE_URL_DEV={{env database.url}}\n"],
  ["project/_gitignore", ".env\n"],
  ["project/_github/workflows/ci.yml", "name: ci\n"],
  ["project/app/__init__.py", '"""The application."""\n'],
  [
    "project/app/core/constants.py.hbs",
    'PROJECT_NAME = {{py name.title}}\nPROJECT_SLUG = "{{name.slug}}"\n',
  ],
  ["project/scripts/check", "#!/bin/sh\n"],
]);
