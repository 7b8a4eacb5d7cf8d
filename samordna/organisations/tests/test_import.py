"""The address book as a file: read whatever a spreadsheet program writes, refuse it whole when a row is faulty."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samordna.assignments.states import SystemRole
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.kernel import csv_file
from samordna.kernel.clock import now
from samordna.kernel.csv_file import Column
from samordna.organisations import commands, queries
from samordna.organisations.address_csv import write_addresses
from samordna.organisations.models import Organisation
from samordna.organisations.tests.factories import AT, unit

IMPORT = reverse("organisations:import")
HEADING = (
    "huvudman;typ av huvudman;förvaltning;verksamhet;enhet;vårdform;"
    "hsa-id;kommun;telefon;adress;aviseras på;extern;stängd"
)
ROW = "Grannkommunen;Kommun;Socialförvaltningen;;Ålgården;Särskilt boende;;Grannköping;;;;nej;"


def text(*rows, heading=HEADING):
    return "\r\n".join([heading, *rows, ""])


def take(content):
    return commands.import_address_book(
        actor=None, content=content if isinstance(content, bytes) else content.encode(), at=AT
    )


def problems(outcome):
    return [(problem.line, problem.column) for problem in outcome.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_what_spreadsheet_programs_write_is_read(db, encoding, delimiter, ends):
    outcome = take(text(ROW).replace(";", delimiter).replace("\r\n", ends).encode(encoding))
    assert (outcome.added, outcome.problems) == (1, [])
    card = queries.find_units("ålgården")[0]
    assert (card.path, card.municipality) == ("Grannkommunen › Socialförvaltningen", "Grannköping")


SHORT = "Grannkommunen;Kommun;Socialförvaltningen;;Ålgården;Särskilt boende"


@pytest.mark.parametrize(
    "file",
    [
        text(f"{ROW};;", heading=f"{HEADING};;"),
        text(SHORT),
        text(f"{SHORT};", heading=f"{HEADING};;;"),
        text(ROW, heading=HEADING.upper()),
        text(ROW, heading=HEADING.title().replace("-", " ")),
        "\r\n;;;\r\n" + text(";;;;", ROW),
        "sep=;\r\n" + text(ROW),
        text(ROW.replace("Ålgården", '"Ål\ngården"'), heading=HEADING.replace("enhet", '"Enhet\n"')),
        text(ROW.replace("Ålgården", '"Ålgården"').replace("Grannkommunen", '"Grann""kommunen"""')),
    ],
    ids=[
        "empty ends",
        "short",
        "short, empty ends",
        "capitals",
        "other case",
        "empty first",
        "sep",
        "breaks",
        "quotes",
    ],
)
def test_headings_and_rows_as_spreadsheets_leave_them(db, file):
    outcome = take(file)
    assert (outcome.added, outcome.problems) == (1, [])


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (ROW.replace("Ålgården", "Ål\0gården"), "", "inte text"),
        (ROW.replace("Ålgården", "x" * 200_000), "", "Kontrollera citattecknen"),
        (ROW.replace("Ålgården", "x" * 20_000), "enhet", "högst 120 tecken"),
        (ROW.replace("Ålgården", '"Ålgården'), "", "Kontrollera dess citattecken"),
        (f"{ROW};;hej", "", "kolumn utan rubrik"),
        (ROW.replace("Ålgården", "(töm)"), "enhet", "(töm) tömmer cellen, och den här får inte vara tom."),
        (ROW.replace("Ålgården", ""), "enhet", "Cellen är tom"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(db, row, column, told):
    first = ROW.replace("Ålgården", '"Två\nrader"')
    problem = take(text(first, row)).problems[0]
    assert (problem.line, problem.column) == (4, column)
    assert told in str(problem.message)


KNOWN = "Exempelköpings kommun;Kommun;Vård- och omsorgsförvaltningen;Hemtjänsten Norr;Hemtjänst"
KNOWN_HEADING = "huvudman;typ av huvudman;förvaltning;enhet;vårdform"
STORED = {
    "municipality": "Exempelköping",
    "phone": "1177",
    "address": "Storgatan 1",
    "notify_email": "norr@example.org",
}


@pytest.fixture
def stored(places):
    Organisation.objects.filter(pk=places.home_care.pk).update(**STORED, hsa_id="TSTNMT1-A", external=True)
    return places.home_care


def now_stored(unit):
    unit.refresh_from_db()
    return {name: getattr(unit, name) for name in STORED}


@pytest.mark.parametrize(
    "file",
    [
        text(KNOWN, heading=KNOWN_HEADING),
        text(
            f"{KNOWN};;;;;;;",
            heading=f"{KNOWN_HEADING};kommun;telefon;adress;aviseras på;hsa-id;extern;stängd",
        ),
        text(f"{KNOWN}; ;\u200b;", heading=f"{KNOWN_HEADING};kommun;telefon;adress"),
    ],
    ids=["no columns", "empty cells", "cells with nothing to see"],
)
def test_what_a_file_does_not_mention_stays(stored, file):
    assert (take(file).unchanged, now_stored(stored)) == (1, STORED)
    assert (stored.hsa_id, stored.external) == ("TSTNMT1-A", True)


def test_a_cell_empties_when_it_says_so_and_a_lost_notice_address_is_told(stored, manager):
    file = text(f"{KNOWN};(töm); (TÖM) ", heading=f"{KNOWN_HEADING};telefon;aviseras på")
    chosen = choose(manager, file)
    page, seen = shown(chosen, manager)
    told = "Hemtjänsten Norr (Vård- och omsorgsförvaltningen) får inga aviseringar längre: norr@example.org tas bort."
    assert told in page
    assert now_stored(stored) == STORED
    manager.post(chosen.url, {"import": "1", "seen": seen})
    assert now_stored(stored) == {**STORED, "phone": "", "notify_email": ""}


def test_a_closed_unit_stays_closed_until_the_file_says_otherwise(places):
    commands.close_place(actor=None, place_id=places.home_care.id, at=AT)
    assert take(text(f"{KNOWN};", heading=f"{KNOWN_HEADING};stängd")).unchanged == 1
    assert take(text(f"{KNOWN};(töm)", heading=f"{KNOWN_HEADING};stängd")).changed == 1
    places.home_care.refresh_from_db()
    assert places.home_care.closed_on is None


@pytest.mark.requirement("K-13")
@pytest.mark.parametrize(
    ("column", "value", "told"),
    [("telefon", "112", "är stängd, och förblir stängd."), ("stängd", "(töm)", "Filen öppnar den igen.")],
)
def test_a_file_that_changes_a_closed_unit_says_that_it_is_closed(places, manager, column, value, told):
    file = text(f"{KNOWN};{value}", heading=f"{KNOWN_HEADING};{column}")
    assert told not in shown(choose(manager, file), manager)[0]
    commands.close_place(actor=None, place_id=places.home_care.id, at=AT)
    said = shown(choose(manager, file), manager)[0]
    assert "Hemtjänsten Norr (Vård- och omsorgsförvaltningen)" in said
    assert told in said


def test_every_cell_that_changes_is_shown_before_anything_is_written(stored, manager):
    before = list(Organisation.objects.order_by("pk").values())
    row = f"{KNOWN.removesuffix('Hemtjänst')}Särskilt boende;0150-12 345"
    chosen = choose(manager, text(row, heading=f"{KNOWN_HEADING};telefon"))
    page, _seen = shown(chosen, manager)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert ["vårdform", "Hemtjänst", "Särskilt boende"] in [cells[at : at + 3] for at in range(len(cells))]
    assert ["telefon", "1177", "0150-12 345"] in [cells[at : at + 3] for at in range(len(cells))]
    assert "Nya: 0. Ändrade: 1. Oförändrade: 0." in page
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert not Entry.objects.filter(action=Action.ORGANISATION_IMPORTED).exists()


def test_what_is_imported_is_what_was_shown_or_nothing(stored, manager):
    chosen = choose(manager, text(f"{KNOWN};112", heading=f"{KNOWN_HEADING};telefon"))
    _page, seen = shown(chosen, manager)
    Organisation.objects.filter(pk=stored.pk).update(phone="116117")
    answer = manager.post(chosen.url, {"import": "1", "seen": seen}, follow=True).content.decode()
    assert "Något har ändrats sedan du läste vad filen gör. Inget är importerat." in answer
    assert "116117" in answer
    assert now_stored(stored)["phone"] == "116117"
    _page, seen = shown(chosen, manager)
    manager.post(chosen.url, {"import": "1", "seen": seen})
    assert now_stored(stored)["phone"] == "112"
    assert "Filen finns inte kvar. Välj den igen." in manager.get(chosen.url, follow=True).content.decode()


def test_a_chosen_file_waits_for_an_hour_and_is_ones_own(places, manager, at_work):
    with time_machine.travel(AT, tick=False) as clock:
        manager = at_work(places.ward, role=SystemRole.SYSTEM_MANAGER, over=places.region)
        chosen = choose(manager, text(ROW))
        assert "Ålgården" in manager.get(chosen.url).content.decode()
        clock.shift(1700)
        assert "Ålgården" in manager.get(chosen.url).content.decode()
        assert commands.forget_files(at=now()) == 0
        clock.shift(1700)
        manager.get(chosen.url)
        clock.shift(300)
        assert "Ålgården" not in manager.get(chosen.url, follow=True).content.decode()
        assert commands.forget_files(at=now()) == 1
        chosen = choose(manager, text(ROW))
    other = at_work(places.ward, role=SystemRole.SYSTEM_MANAGER, over=places.region)
    assert "Ålgården" not in other.get(chosen.url, follow=True).content.decode()


NEARLY = KNOWN.replace("Hemtjänsten Norr", "HEMTJÄNSTEN\u2013NORR")


def answered(client, chosen, page, answer):
    field = re.search(r'name="(answer-\w+)"', page)[1]
    return shown(client.post(chosen.url, {field: answer}), client)


@pytest.mark.parametrize(("answer", "units"), [("same:Hemtjänsten Norr", 1), ("new", 2)])
def test_a_name_that_is_nearly_the_same_is_asked_about_and_never_made(stored, manager, answer, units):
    chosen = choose(manager, text(f"{NEARLY};112", heading=f"{KNOWN_HEADING};telefon"))
    page, seen = shown(chosen, manager)
    assert "Samma som Hemtjänsten Norr" in page
    manager.post(chosen.url, {"import": "1", "seen": seen})
    named = Organisation.objects.filter(parent=stored.parent)
    assert (named.count(), now_stored(stored)["phone"]) == (1, "1177")
    page, seen = answered(manager, chosen, page, answer)
    assert named.count() == 1
    manager.post(chosen.url, {"import": "1", "seen": seen})
    assert named.count() == units
    # The one that was there keeps its name.
    assert (now_stored(stored)["phone"] == "112") == (units == 1)
    assert stored.name == "Hemtjänsten Norr"


def test_what_stands_above_a_unit_is_asked_about_too(places, manager):
    row = KNOWN.replace("Vård- och", "Vård och").replace("Norr", "Väster")
    chosen = choose(manager, text(row, row.replace("Väster", "Öster"), heading=KNOWN_HEADING))
    page, _seen = shown(chosen, manager)
    assert len(set(re.findall(r'name="(answer-\w+)"', page))) == 1
    page, seen = answered(manager, chosen, page, "same:Vård- och omsorgsförvaltningen")
    manager.post(chosen.url, {"import": "1", "seen": seen})
    assert Organisation.objects.filter(parent=places.care).count() == 3
    assert not Organisation.objects.filter(name="Vård och omsorgsförvaltningen").exists()


def test_an_answer_that_nobody_offered_answers_nothing(stored, manager):
    chosen = choose(manager, text(NEARLY, heading=KNOWN_HEADING))
    page, _seen = shown(chosen, manager)
    page, _seen = answered(manager, chosen, page, "same:Elevhälsan")
    assert 'name="import"' not in page


@pytest.mark.parametrize("written", ["tstnmt1-a", "TSTNMT1\u2013A", " TSTNMT1 - A "])
def test_hsa_ids_are_the_same_across_case_dashes_and_blanks(stored, written):
    outcome = take(text(f"{KNOWN};{written};112", heading=f"{KNOWN_HEADING};hsa-id;telefon"))
    assert (outcome.problems, outcome.added, outcome.changed) == ([], 0, 1)
    assert now_stored(stored)["phone"] == "112"


def test_a_faulty_row_is_told_with_its_line_and_nothing_is_taken_in(places):
    before = Organisation.objects.count()
    rows = [
        ROW,
        "",
        '"Grann\nkommunen";Kommun;Socialförvaltningen;;Två rader;Särskilt boende;;;;;;nej;',
        "Grannkommunen;Kommun;;;Utan förvaltning;Särskilt boende;;;;;;nej;",
        "Grannkommunen;Kommun;Socialförvaltningen;;;Särskilt boende;;;;;;nej;",
        "Grannkommunen;Kommun;Socialförvaltningen;;Okänd vårdform;Trolleri;;;;;;nej;",
        "Grannkommunen;Kommun;Socialförvaltningen;;Fel id;Hemtjänst;SE2120000341-A;;;;;nej;",
        "för;få;celler",
        "Grannkommunen;Kommun;Socialförvaltningen;;Framtid;Hemtjänst;;;;;;nej;2030-01-01",
        "Grannkommunen;Kommun;Socialförvaltningen;;Kanske;Hemtjänst;;;;;;kanske;",
        "Grannkommunen;Region;Socialförvaltningen;;Annan typ;Hemtjänst;;;;;;nej;",
        "Grannkommunen;Kommun;Socialförvaltningen;;Ring växeln;Hemtjänst;;;ring växeln;;;nej;",
        "Grannkommunen;Kommun;Socialförvaltningen;;Fel adress;Hemtjänst;;;;;hej@;nej;",
        ROW,
    ]
    outcome = take(text(*rows))
    assert problems(outcome) == [
        (6, "förvaltning"),
        (7, "enhet"),
        (8, "vårdform"),
        (9, "hsa-id"),
        (10, "enhet"),
        (10, "vårdform"),
        (11, "stängd"),
        (12, "extern"),
        (13, "typ av huvudman"),
        (14, "telefon"),
        (15, "aviseras på"),
        (16, "enhet"),
    ]
    assert outcome.added == 0
    assert Organisation.objects.count() == before
    assert not Entry.objects.filter(action=Action.ORGANISATION_IMPORTED).exists()


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (b"", "huvudman"),
        (b"\x00\x01\xff\xfe", ""),
        (b"\xff\xfeh\x00u\x00", "hu"),
        (text(ROW, heading=HEADING.replace("enhet", "avdelning")).encode(), "avdelning"),
        (text(ROW, heading=HEADING.replace("kommun;", "enhet;", 1)).encode(), "enhet"),
        (b"x" * (csv_file.MOST_BYTES + 1), ""),
        (text('"' + "x" * 200_000).encode(), ""),
    ],
)
def test_a_file_that_is_no_address_book_is_told_so(db, content, column):
    assert column in [problem.column for problem in take(content).problems]


def test_a_unit_with_an_id_is_renamed_but_not_moved(places):
    known = unit(places.care, "Gamla namnet", hsa_id="TSTNMT1-A")
    row = "Exempelköpings kommun;Kommun;{};;Nya namnet;Hemtjänst;tstnmt1-a;;;;;nej;"
    assert problems(take(text(row.format("Bildningsförvaltningen")))) == [(2, "hsa-id")]
    assert take(text(row.format("Vård- och omsorgsförvaltningen"))).changed == 1
    known.refresh_from_db()
    assert known.name == "Nya namnet"


def test_an_hsa_id_that_a_unit_gave_up_is_another_units_in_the_same_file(places):
    known = unit(places.care, "Hemtjänsten Väst", hsa_id="TSTNMT1-A")
    row = "Exempelköpings kommun;Kommun;Vård- och omsorgsförvaltningen;;{};Hemtjänst;{};;;;;nej;"
    outcome = take(text(row.format("Hemtjänsten Väst", "TSTNMT1-B"), row.format("Ny enhet", "TSTNMT1-A")))
    assert problems(outcome) == []
    known.refresh_from_db()
    assert known.hsa_id == "TSTNMT1-B"
    assert Organisation.objects.get(hsa_id="TSTNMT1-A").name == "Ny enhet"


def test_out_and_in_again_changes_nothing(places):
    unit(places.care, "=HYPERLINK(1)", phone="+46 150 000 02", address="@torget; nr 4", municipality="'-")
    unit(places.care, "'=redan skyddad", notify_email="enhet@example.org")
    commands.close_place(actor=None, place_id=places.pupil_health.id, at=AT)
    first = write_addresses(queries.every_unit())
    outcome = take(first)
    assert (outcome.added, outcome.changed, outcome.unchanged, outcome.problems) == (0, 0, 6, [])
    assert write_addresses(queries.every_unit()) == first


def test_into_an_empty_county_and_out_gives_the_same_file(places):
    file = write_addresses(queries.every_unit())
    for level in ("UNIT", "OPERATION", "DEPARTMENT", "PRINCIPAL"):
        Organisation.objects.filter(level=level).delete()
    assert take(file).added == 4
    assert write_addresses(queries.every_unit()) == file


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+46",
        "-1",
        "@x",
        "'=1",
        "'vanlig",
        "vanlig",
        "''+",
        "a=b",
        "＝1+1",
        "＋46",
        "－1",
        "＠SUM",
        "﹦1",
        "'＝1",
        "\u200e=1",
        "(töm)",
        "'(töm)",
    ],
)
def test_formulas_are_neutralised_and_come_back_as_they_were(value):
    columns = [Column("a"), Column("b")]
    written = csv_file.write_table(columns, [{"a": value, "b": "x"}])
    cell = written.decode("utf-8-sig").splitlines()[1].split(";")[0].strip('"')
    assert cell[0] not in "=+-@＝＋－＠﹦\u200e"
    assert csv_file.read_table(written, columns).rows[0].values["a"] == value


def test_a_tab_or_return_cannot_hide_a_formula():
    table = csv_file.read_table(b'a;b\n"\t=1+1";"\r=2"\n', [Column("a"), Column("b")])
    assert (
        csv_file.write_table([Column("a")], [table.rows[0].values]).decode("utf-8-sig")
        == '"a"\r\n"\'=1+1"\r\n'
    )


def choose(client, content):
    file = SimpleUploadedFile("adressbok.csv", content if isinstance(content, bytes) else content.encode())
    return client.post(IMPORT, {"file": file})


def shown(answer, client):
    """The page with what the file does, and its fingerprint."""
    page = client.get(answer.url).content.decode()
    return page, re.search(r'name="seen" value="(\w+)"', page)[1]


def test_the_page_imports_and_tells_faults(places, manager):
    page, _seen = shown(choose(manager, text(ROW.replace("Särskilt boende", "Trolleri"))), manager)
    assert "Inget är importerat: 1 fel i filen" in page
    assert "”Trolleri” är inte en typ som finns här." in page
    assert 'name="import"' not in page
    chosen = choose(manager, text(ROW))
    page, seen = shown(chosen, manager)
    assert 'name="import"' in page
    answer = manager.post(chosen.url, {"import": "1", "seen": seen}, follow=True).content.decode()
    assert "Nya: 1. Ändrade: 0. Oförändrade: 0." in answer
    assert Entry.objects.get(action=Action.ORGANISATION_IMPORTED).details["added"] == 1
    assert "Välj en fil." in manager.post(IMPORT, {}).content.decode()


def test_the_page_exports_and_only_for_the_region(places, manager, client, at_work):
    file = manager.get(reverse("organisations:export"))
    assert file["Content-Type"].startswith("text/csv")
    assert "adressbok.csv" in file["Content-Disposition"]
    assert "Hemtjänsten Norr" in file.content.decode("utf-8-sig")
    other = at_work(places.home_care)
    assert other.get(reverse("organisations:export")).status_code == 404
    assert other.post(reverse("organisations:import"), {}).status_code == 404
