"""Blog posts, as their users see them."""
