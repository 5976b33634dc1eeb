"""Settings that hash cheaply, and with the least that production accepts."""

from tests.support.configured import cheap_settings

CHEAP = cheap_settings(ARGON2_MEMORY_KIB="8")
FLOOR = cheap_settings(ARGON2_MEMORY_KIB="19456", ARGON2_TIME_COST="2")
PASSWORD = "velvet marmot ginger cabinet"
