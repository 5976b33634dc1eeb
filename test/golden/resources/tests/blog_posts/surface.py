"""What blog posts open and show. Whoever adds a line here opens a port."""

PUBLIC = {
    "GET /api/v1/blog-posts",
    "GET /api/v1/blog-posts/{blog_post_id}",
}
