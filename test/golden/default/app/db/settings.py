"""Settings of the database connection: which one counts, and when it is safe enough."""

from pydantic import SecretStr

from app.core.config import PROJECT_ROOT, SecuritySettings
from app.core.settings_types import Names
from app.db.url import Database, InvalidDatabaseURL, read_database_url

COMMON_DATABASE_PASSWORDS = ("postgres", "password", "changeme", "admin", "root", "secret")


class DatabaseSettings(SecuritySettings):
    # DATABASE_URL wins; otherwise production reads _PROD, and everybody else _DEV.
    database_url: SecretStr = SecretStr("")
    database_url_dev: SecretStr = SecretStr("")
    database_url_prod: SecretStr = SecretStr("")
    # The role that may change the schema; the application's need not.
    database_url_migrations: SecretStr = SecretStr("")
    # Hosts to which production may speak without verified TLS, by name: a compose network.
    db_tls_exempt_hosts: Names = ()

    @property
    def database(self) -> Database:
        return read_database_url(self._database_variable()[1].get_secret_value(), PROJECT_ROOT)

    @property
    def migrations_database(self) -> Database:
        migrations = self.database_url_migrations.get_secret_value()
        return read_database_url(migrations, PROJECT_ROOT) if migrations else self.database

    @property
    def database_secrets(self) -> tuple[SecretStr, ...]:
        urls = (self.database_url, self.database_url_dev, self.database_url_prod)
        return (*urls, self.database_url_migrations)

    def _database_variable(self) -> tuple[str, SecretStr]:
        if self.database_url.get_secret_value():
            return "DATABASE_URL", self.database_url
        if self.is_production:
            return "DATABASE_URL_PROD", self.database_url_prod
        return "DATABASE_URL_DEV", self.database_url_dev

    def database_problems(self) -> list[str]:
        """Say what is wrong with the URLs, by the variables' names only."""
        variables = [self._database_variable()]
        if self.database_url_migrations.get_secret_value():
            variables.append(("DATABASE_URL_MIGRATIONS", self.database_url_migrations))
        return [
            f"{name} {problem}"
            for name, url in variables
            if (problem := self._problem(url.get_secret_value()))
        ]

    def _problem(self, text: str) -> str:
        if not text:
            return "is not set, and neither is DATABASE_URL"
        try:
            database = read_database_url(text, PROJECT_ROOT)
            database.tls()
        except InvalidDatabaseURL as error:
            return str(error)
        except OSError:
            return "names an sslrootcert that cannot be read"
        return self._production_problem(database) if self.is_production else ""

    def _production_problem(self, database: Database) -> str:
        if database.is_sqlite:
            return "is SQLite; production needs PostgreSQL"
        user, password = database.url.username, database.url.password
        if password and password in (user, *COMMON_DATABASE_PASSWORDS):
            return "has a default password"
        exempt = database.is_local or database.url.host in self.db_tls_exempt_hosts
        if database.tls_mode != "verify-full" and not exempt:
            return "lacks sslmode=verify-full, and DB_TLS_EXEMPT_HOSTS does not name its host"
        return ""
