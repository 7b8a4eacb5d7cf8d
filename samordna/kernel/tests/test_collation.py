import random

from django.db import connection
from django.db.models import F
from django.db.models.functions import Lower

from samordna.kernel.collation import compare, sort_key, swedish

# In the order of Swedish dictionaries and telephone books; numbers by size.
IN_ORDER = [
    "3 syskon", "20 syskon", "Ask", "Avdelning 9", "Avdelning 10", "Avdelning 10 B", "Edda", "Édith",
    "Eriksson", "Lund", "Lund Åsa", "Lundström", "Müller", "Myrberg", "Nilsson", "von Essen", "Von Essen",
    "W", "Zebra", "åre", "Ås", "Åström", "Ängel", "Äpple", "Öberg", "Östberg", "Øystein", "Özdemir",
]  # fmt: skip


def test_the_database_sorts_as_a_swede_does(db: None) -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sorted_names (name text)")
        cursor.executemany("INSERT INTO sorted_names VALUES (%s)", [(name,) for name in shuffled])
        cursor.execute('SELECT name FROM sorted_names ORDER BY name COLLATE "svensk"')
        assert [name for (name,) in cursor.fetchall()] == IN_ORDER


def test_python_sorts_as_the_database_does() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_alike_is_only_what_is_the_same() -> None:
    assert compare("Ås", "Ås") == 0
    assert compare("ås", "Ås") == -1
    assert compare("Ås", "ås") == 1


def test_expression_for_queries() -> None:
    assert swedish("name").collation == "svensk"
    assert swedish("name").get_source_expressions() == [F("name")]
    assert swedish(Lower("name")).get_source_expressions() == [Lower("name")]
