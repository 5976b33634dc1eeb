import type { ReservedNames } from "../../answers/names.js";

/** A set of words, from text. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Hard and soft keywords, in lower case as names are compared. */
export const KEYWORDS = words(`
  and as assert async await break case class continue def del elif else except false finally for
  from global if import in is lambda match none nonlocal not or pass raise return true try
  while with yield
`);

/** \`sys.stdlib_module_names\` of Python 3.11 to 3.14, without private ones; and `test`, which that leaves out. */
const STANDARD_LIBRARY = words(`
  abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop
  base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code
  codecs codeop collections colorsys compileall compression concurrent configparser contextlib
  contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis
  distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput
  fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp
  gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress
  itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
  mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath
  nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools
  pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
  py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
  rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib
  sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat
  statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny
  tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize
  tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
  urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc
  zipapp zipfile zipimport zlib zoneinfo
`);

/** What a generated project imports, directly or not. */
const DEPENDENCIES = words(`
  aiosmtpd aiosmtplib aiosqlite alembic annotated_doc annotated_types anyio argon2 asyncpg attr
  attrs bandit black certifi cffi click cryptography cyclonedx deprecated dns dotenv email_validator fastapi greenlet grimp
  gunicorn h11 httpcore httptools httpx idna importlinter iniconfig jinja2 jwt limits mako
  markdown_it markupsafe mdurl multipart mypy nh3 numpy packaging pathspec pip pip_audit
  platformdirs playwright pluggy psycopg public pwdlib pycparser pydantic pydantic_core
  pydantic_settings pygments pytest pytest_asyncio python_multipart redis requests rich ruff
  setuptools sniffio sqlalchemy starlette stevedore structlog typing_extensions
  typing_inspection uuid_utils uv uvicorn uvloop valkey watchfiles websockets wheel wrapt yaml
`);

/** Folders and files that every generated project has. */
const OWN = words(`
  alembic app config conftest main scripts templates tests var
`);

/** A project's module name must not hide any of these. */
export const reserved: readonly ReservedNames[] = [
  { reason: "a Python keyword", names: KEYWORDS },
  { reason: "a module of Python's standard library", names: STANDARD_LIBRARY },
  { reason: "a package that the project depends on", names: DEPENDENCIES },
  { reason: "a part of every generated project", names: OWN },
];
