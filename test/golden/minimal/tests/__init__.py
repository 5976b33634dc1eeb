"""The tests: every claim of SECURITY.md names one of them."""

import os

from tests.support.environment import make_environment, without_settings

# Importing app.main builds the application, which refuses to start without settings. No test
# uses that one; each makes its own.
_variables = without_settings(os.environ) | make_environment("sqlite:///./var/never-opened.db")
os.environ.clear()
os.environ.update(_variables)
