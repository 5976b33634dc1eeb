"""What the mails say. Plain text: there is no markup that a name could break out of."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from app.core.constants import PROJECT_NAME
from app.core.mail_kinds import TOKEN_LIFETIMES, MailKind, TokenPurpose
from app.core.mail_settings import MailSettings
from app.utils.helpers import utc_now

# The longest line that SMTP takes: a link is not broken up and stays readable in a file.
LAYOUT = SMTP.clone(max_line_length=998)
# Pages of the front end: each finds its token after ``#token=`` and posts it.
PAGES = {
    TokenPurpose.VERIFY: "verify-email",
    TokenPurpose.MOVE: "verify-email",
    TokenPurpose.RESET: "reset-password",
}


def _link(purpose: TokenPurpose) -> str:
    """Say how long the link works, and leave the place where it will stand."""
    minutes = int(TOKEN_LIFETIMES[purpose].total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    lifetime = f"{hours} hours" if hours > 1 and not rest else f"{minutes} minutes"
    return f"The link works once, for {lifetime}:" "\n\n{link}\n\n"


TEXTS: dict[MailKind, tuple[str, str]] = {
    MailKind.VERIFY_ADDRESS: (
        "Confirm your e-mail address",
        f"Confirm that this address is yours. {_link(TokenPurpose.VERIFY)}"
        "If you have not asked for this, do nothing: without the link nothing happens.",
    ),
    MailKind.CONFIRM_MOVE: (
        "Confirm your new e-mail address",
        f"Confirm that your account moves to this address. {_link(TokenPurpose.MOVE)}"
        "If you have not asked for this, do nothing: without the link nothing happens.",
    ),
    MailKind.RESET_PASSWORD: (
        "Choose a new password",
        f"Choose a new password here. {_link(TokenPurpose.RESET)}"
        "If you have not asked for this, do nothing: your password stays as it is.",
    ),
    # No link to confirm: the account may be a stranger's, made with this address.
    MailKind.ADDRESS_TAKEN: (
        "You have an account already",
        "Somebody, probably you, wanted to use this address for an account. It belongs to one"
        " already.\nSign in with it, or choose a new password at:\n\n{site}\n\n"
        "If it was not you, do nothing: nothing has changed.",
    ),
    MailKind.USERNAME_TAKEN: (
        "This user name is taken",
        "Somebody, probably you, wanted to create an account with this address. There is none"
        " yet:\nthe user name belongs to somebody else. Try again with another one at:\n\n"
        "{site}\n\nIf it was not you, do nothing.",
    ),
    MailKind.MOVE_ASKED: (
        "Your e-mail address is about to change",
        "Somebody who knows your password has asked for another e-mail address for your account."
        "\nIt changes once the new address is confirmed.\n\n"
        "If it was not you, choose a new password now; that stops it:\n\n{site}",
    ),
    MailKind.MOVED: (
        "Your e-mail address has changed",
        "Your account has another e-mail address now. This one does not belong to it any more."
        "\n\nIf it was not you, write to us at once:\n\n{site}",
    ),
    MailKind.PASSWORD_CHANGED: (
        "Your password has changed",
        "Your password was replaced, and every other sign-in has ended."
        "\n\nIf it was not you, choose a new password now:\n\n{site}",
    ),
}


def link_to(settings: MailSettings, purpose: TokenPurpose, token: str) -> str:
    """Put the token into the fragment, which no server and no log along the way gets to see.

    The start is the operator's and never a request's: a forged Host would send the token away.
    """
    return f"{settings.public_base_url.rstrip('/')}/{PAGES[purpose]}#token={token}"


def write_mail(
    settings: MailSettings, kind: MailKind, recipient: str, link: str = ""
) -> EmailMessage:
    """Lay out a mail. The library refuses a line break in a header, so nothing can be added."""
    subject, text = TEXTS[kind]
    sender = Address(PROJECT_NAME, addr_spec=settings.sender)
    mail = EmailMessage(policy=LAYOUT)
    mail["Subject"] = f"{subject} - {PROJECT_NAME}"
    mail["From"] = sender
    mail["To"] = Address(addr_spec=recipient)
    mail["Date"] = format_datetime(utc_now())
    mail["Message-ID"] = make_msgid(domain=sender.domain)
    # Out-of-office answers do not answer this (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text.format(link=link, site=settings.public_base_url) + "\n")
    return mail
