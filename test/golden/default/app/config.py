"""All settings of the application, and the only place that reads the environment."""

import sys
from typing import Annotated, Literal, NoReturn, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError

from app.core.constants import Environment
from app.core.mail_settings import MailSettings
from app.core.production import security_problems
from app.core.uploads.settings import UploadSettings
from app.db.settings import DatabaseSettings

EXIT_CONFIG = 78  # EX_CONFIG of sysexits.h

LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    # uvicorn and many a platform write it in small letters.
    BeforeValidator(str.upper),
]


class InvalidSettings(Exception):
    """The configuration is refused; each problem names its variable, never the value."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class Settings(MailSettings, UploadSettings, DatabaseSettings):
    debug: bool = False
    log_level: LogLevel = "INFO"
    log_format: Literal["console", "json"] = Field(
        default_factory=lambda data: (
            "json" if data.get("environment") is Environment.PRODUCTION else "console"
        )
    )

    def validate_production(self) -> list[str]:
        """Collect everything that this environment may not run with."""
        problems = [*security_problems(self), *self.database_problems()]
        problems += self.mail_problems()
        problems += self.upload_problems()
        if self.debug and self.environment is not Environment.DEVELOPMENT:
            problems.append("DEBUG is on outside development")
        return problems

    def secret_values(self) -> set[str]:
        """Return what no log line may contain, whatever it was written for."""
        hidden = [self.secret_key, *self.secret_key_previous, *self.database_secrets]
        hidden.append(self.smtp_url)
        hidden.append(self.smtp_password)
        hidden.append(self.s3_secret_access_key)
        texts = {secret.get_secret_value() for secret in (*hidden, self.redis_url)}
        # A part of a URL may be logged without the rest.
        passwords = {password for text in texts if (password := _password_in(text))}
        keys = {spelling for key in self.encryption_keys for spelling in key.spellings()}
        return (texts | passwords | keys) - {""}

    def checked(self) -> Self:
        if problems := self.validate_production():
            raise InvalidSettings(problems)
        return self


def _password_in(url: str) -> str | None:
    try:
        return urlsplit(url).password
    except ValueError:
        return None


def get_settings() -> Settings:
    """Read the environment and ``.env``; refuse with all problems at once."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise InvalidSettings(_all_problems(error)) from None
    return settings.checked()


def settings_or_exit() -> Settings:
    """Return the settings, or end the process before it opens a port."""
    try:
        return get_settings()
    except InvalidSettings as refused:
        exit_with(refused)


def exit_with(refused: InvalidSettings) -> NoReturn:
    lines = "".join(f"  - {problem}\n" for problem in refused.problems)
    sys.stderr.write(f"The configuration is refused:\n{lines}")
    sys.exit(EXIT_CONFIG)


def _all_problems(error: ValidationError) -> list[str]:
    """Name the variables that cannot be read, then what is wrong with the others."""
    unreadable = {
        str(item["loc"][0]): item["msg"].removeprefix("Value error, ")
        for item in error.errors(include_input=False)
        if item["type"] != "default_factory_not_called"
    }
    defaults = {name: Settings.model_fields[name].get_default() for name in unreadable}
    others = Settings.model_validate(defaults).validate_production()
    return [f"{name.upper()}: {message}" for name, message in unreadable.items()] + [
        problem for problem in others if not problem.startswith(tuple(map(str.upper, unreadable)))
    ]
