from typing import Annotated, Literal

from pydantic import Field

from app.schemas.base import Input
from app.schemas.user import CurrentPassword


class LoginForm(Input):
    """The password grant's form (RFC 6749, 4.3.2), so that OAuth 2 clients can sign in too."""

    username: Annotated[str, Field(min_length=1, max_length=254)]
    password: CurrentPassword
    grant_type: Literal["password"] = "password"
    scope: Literal[""] = ""
