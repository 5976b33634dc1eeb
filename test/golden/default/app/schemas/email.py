from typing import Annotated

from pydantic import Field

from app.schemas.base import Input, Output
from app.schemas.user import Email, NewPassword

# Ours have 43 characters. What is no token is answered like one that is too old.
MailedToken = Annotated[str, Field(min_length=1, max_length=256)]


class EmailVerification(Input):
    token: MailedToken


class PasswordForgotten(Input):
    email: Email


class PasswordReset(Input):
    token: MailedToken
    new_password: NewPassword


class MailOnItsWayOut(Output):
    """One answer for every address, whether somebody has it or not."""

    detail: str = Field("If there is something to do, a mail says how.", max_length=100)
