"""The map editor: one page on this machine that changes what a map says of its steps, their feelings and barriers.

`change`, `own`, `steps` and `barriers` put a change into the text of a map, `acts` knows them by name, `desk` keeps
what was done and refuses what is stale, `page` shows it, and `door` turns a request into an answer: pure functions
that know no socket and no disk. `serve` is the thin server.
"""
