"""The map editor: one page on this machine that changes what a step says and how it feels.

`change` puts a change into the text of a map, `desk` keeps what was done and refuses what is stale, `page` shows it,
`door` turns a request into an answer: pure functions, that know no socket and no disk. `serve` is the thin server.
"""
