"""Writers that dress one Markdown source as a PDF, Word, web, Markdown or plain-text paper.

Knows nothing of the rest of the project. Every writer takes a `Paper` and an
edition (one table of `sources/editions.toml`) and returns bytes, the same each time.
"""
