"""Lists written as lines of words, which read better than a word on each line."""


def words(text: str) -> list[str]:
    return text.split()
