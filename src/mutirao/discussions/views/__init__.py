"""Pages of history, discussion and moderation."""
