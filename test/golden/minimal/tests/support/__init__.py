"""What the tests share: databases, people, a real server."""
