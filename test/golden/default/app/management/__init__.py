"""The commands of ``python -m app.cli``: one small module for each group."""
