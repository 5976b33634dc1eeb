"""The complete metadata of the application, for Alembic and the tests."""

from app import models
from app.models.base import Base

# Importing the package has registered every table; Alembic would drop the ones left out.
metadata = Base.metadata

__all__ = ["metadata", "models"]
