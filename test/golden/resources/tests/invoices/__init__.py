"""Invoices, as their users see them."""
