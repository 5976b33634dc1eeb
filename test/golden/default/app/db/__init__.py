"""Connections, transactions and the complete metadata."""
