"""Searching an encrypted field: by equality, through its blind index, and in no other way."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Text, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.core.encryption import install_keys
from app.core.settings_types import EncryptionKey
from app.models.encrypted import Ciphertext, Encrypted
from app.utils.helpers import new_id

OLD = EncryptionKey("old", bytes(range(32)))
NEW = EncryptionKey("new", bytes(range(32, 64)))


class Base(DeclarativeBase):
    """Apart from the application's tables."""


class Contact(Base):
    __tablename__ = "contacts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number_ciphertext: Mapped[str | None] = mapped_column("number", Ciphertext)
    number_index: Mapped[str | None] = mapped_column(Text, index=True)
    number = Encrypted("number_ciphertext", index="number_index")
    note_ciphertext: Mapped[str | None] = mapped_column("note", Ciphertext)
    note = Encrypted("note_ciphertext")


@pytest.fixture
def session() -> Iterator[Session]:
    install_keys([OLD])
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Contact(id=new_id(), number=f"+4930{n}", note="same") for n in range(3))
        session.commit()
        yield session
    engine.dispose()


def found(session: Session, number: str) -> list[str | None]:
    matching = session.scalars(select(Contact).where(Contact.number.matches(number)))
    return [contact.number for contact in matching]


def test_equal_values_are_found(session: Session) -> None:
    """DATA-04."""
    assert found(session, "+49301") == ["+49301"]
    assert found(session, "+4930") == []


def test_values_of_an_earlier_key_are_found(session: Session) -> None:
    """DATA-04, CONF-06."""
    install_keys([NEW, OLD])
    contact = session.scalars(select(Contact).where(Contact.number.matches("+49301"))).one()

    contact.number = "+49301"
    session.commit()

    assert contact.number_index is not None
    assert contact.number_index.startswith("new.")
    assert found(session, "+49301") == ["+49301"]
    assert found(session, "+49302") == ["+49302"]


def test_the_index_does_not_tell_the_value(session: Session) -> None:
    """DATA-01."""
    stored = str(session.execute(text("SELECT * FROM contacts")).all())

    assert "+4930" not in stored
    assert "same" not in stored


def test_a_field_without_an_index_cannot_be_searched() -> None:
    """DATA-04."""
    with pytest.raises(TypeError, match=r"contacts\.note has no blind index"):
        Contact.note.matches("same")
