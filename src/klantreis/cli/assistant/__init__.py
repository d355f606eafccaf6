"""The door for assistants: a program that reads maps and asks questions over its standard input and output (MCP).

It answers what the terminal answers, by the same verbs, and says with each number where it comes from. Nothing leaves
the machine by itself: there is no network here, only the two pipes of the program that started it.
"""
