"""The fields of every answer and every body, read from the specification."""

from tests.support.surface import ALL, of_resources, specification

# Whose whole purpose is to hand out something new.
SHOWN_ONCE: tuple[str, ...] = ()
PRIVATE_WORDS = ("hash", "secret", "totp", "failures", "token_version", "mac")


def test_no_answer_has_a_field_for_a_secret() -> None:
    """AUTHZ-10: what a response model does not have cannot leak through it."""
    schemas = specification()["components"]["schemas"]
    fields = {
        f"{name}.{field}"
        for name, schema in schemas.items()
        if name.endswith(("Out", "Page"))
        for field in schema.get("properties", {})
    }

    assert fields
    assert fields.issuperset(SHOWN_ONCE)
    private = {field for field in fields if any(word in field for word in PRIVATE_WORDS)}
    assert private <= {*SHOWN_ONCE, *of_resources("SHOWN")}


def test_every_body_refuses_unknown_fields() -> None:
    """AUTHZ-05: a field that the client invents is an error, not an assignment."""
    schemas = specification()["components"]["schemas"]
    bodies = {
        media["schema"]["$ref"].rpartition("/")[2]
        for operation in ALL
        for media in operation.spec.get("requestBody", {}).get("content", {}).values()
        if "$ref" in media["schema"]
    }

    assert bodies
    assert all(schemas[name].get("additionalProperties") is False for name in bodies)
