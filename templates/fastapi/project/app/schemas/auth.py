from typing import Annotated, Literal

from pydantic import Field

from app.schemas.base import Input, Output
from app.schemas.user import CurrentPassword, NewPassword


class TokenOut(Output):
    access_token: str
    token_type: Annotated[Literal["bearer"], Field(default="bearer")]
    expires_in: int


class PasswordChange(Input):
    current_password: CurrentPassword
    new_password: NewPassword
