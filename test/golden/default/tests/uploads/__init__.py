"""Tests of uploads: what is taken, what becomes of it, and who gets it back."""
