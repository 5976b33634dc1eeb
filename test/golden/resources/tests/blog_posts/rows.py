"""Blog posts for the tests: bodies, and rows that are stored."""

from itertools import count
from typing import Any

from tests.support.people import Person
from tests.support.values import moment_of, text_of

PATH = "/blog-posts"
# Every body differs from the others, wherever it has to.
numbers = count(1)


async def new_blog_post(_: Person) -> dict[str, Any]:
    """Return a body with every field; each call makes another one."""
    number = next(numbers)
    return {
        "title": text_of(number, 100),
        "body": f"<p>{number}</p>",
        "published": moment_of(number),
    }


async def create_blog_post(person: Person, **changes: Any) -> dict[str, Any]:
    body = await new_blog_post(person) | changes
    response = await person.client.post(PATH, json=body)
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created
