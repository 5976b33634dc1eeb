"""Customers, as their users see them."""
