"""A result as a page that a board can read: one file, no library, no connection."""
