"""Queries: one statement each, no decisions, no commit."""
