"""Small changes of the code that the tests must notice: `make mutants ROOM=kernel`.

The changes are those of mutmut. Its own runner passes over every function with a decorator, as all commands have, and
starts pytest anew for each change; here one run of pytest collects the tests, and forks for each change.
"""
