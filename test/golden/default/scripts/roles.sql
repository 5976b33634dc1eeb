-- The role of the application, which reads and writes rows and cannot change a table, nor what keeps
-- the audit log as it is. Run once by the role that migrates, which owns the database:
--
--     APP_PASSWORD=... psql --file scripts/roles.sql postgresql://owner@host/name
--
-- Then DATABASE_URL names the one, and DATABASE_URL_MIGRATIONS the other. compose.yaml does all that.

\set ON_ERROR_STOP on
\getenv app_password APP_PASSWORD

CREATE ROLE "my-api-app" LOGIN PASSWORD :'app_password';

-- Everybody could create tables, before PostgreSQL 15.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO "my-api-app";

-- The tables that are there, and those that migrations will make.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "my-api-app";
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "my-api-app";
