"""Claims that people annotated in another tool, and their articles: one small module a tool."""
