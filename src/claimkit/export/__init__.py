"""Claims as bytes: one small module a format, and the one way in which a file is written."""
