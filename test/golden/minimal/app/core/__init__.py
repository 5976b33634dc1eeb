"""Security and policy: what everything else may import."""
