"""The address book as a file: read whatever a spreadsheet program writes, refuse it whole when a row is faulty."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.organisations import commands, csv_file, queries
from samordna.organisations.address_csv import write_addresses
from samordna.organisations.csv_file import Column
from samordna.organisations.models import Organisation
from samordna.organisations.tests.factories import AT, unit

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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_what_spreadsheet_programs_write_is_read(db, encoding, delimiter):
    outcome = take(text(ROW).replace(";", delimiter).encode(encoding))
    assert (outcome.added, outcome.problems) == (1, [])
    card = queries.find_units("ålgården")[0]
    assert (card.path, card.municipality) == ("Grannkommunen › Socialförvaltningen", "Grannköping")


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
        (10, ""),
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
        (b"\xff\xfeh\x00u\x00", ""),
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


@pytest.mark.parametrize("value", ["=1+1", "+46", "-1", "@x", "'=1", "'vanlig", "vanlig", "''+", "a=b"])
def test_formulas_are_neutralised_and_come_back_as_they_were(value):
    columns = [Column("a"), Column("b")]
    written = csv_file.write_table(columns, [{"a": value, "b": "x"}])
    cell = written.decode("utf-8-sig").splitlines()[1].split(";")[0].strip('"')
    assert cell[0] not in "=+-@"
    assert csv_file.read_table(written, columns).rows[0].values["a"] == value


def test_a_tab_or_return_cannot_hide_a_formula():
    table = csv_file.read_table(b'a;b\n"\t=1+1";"\r=2"\n', [Column("a"), Column("b")])
    assert csv_file.write_table([Column("a")], [table.rows[0].values]).decode("utf-8-sig") == "a\r\n'=1+1\r\n"


def test_the_page_imports_and_tells_faults(places, manager):
    address = reverse("organisations:import")
    bad = SimpleUploadedFile("adressbok.csv", text(ROW.replace("Särskilt boende", "Trolleri")).encode())
    page = manager.post(address, {"file": bad}).content.decode()
    assert "Inget är importerat: 1 fel i filen" in page
    assert "”Trolleri” är inte en typ som finns här." in page
    good = SimpleUploadedFile("adressbok.csv", text(ROW).encode())
    answer = manager.post(address, {"file": good}, follow=True).content.decode()
    assert "1 nya, 0 ändrade, 0 oförändrade" in answer
    assert Entry.objects.get(action=Action.ORGANISATION_IMPORTED).details["added"] == 1
    assert "Välj en fil." in manager.post(address, {}).content.decode()


def test_the_page_exports_and_only_for_the_region(places, manager, client, at_work):
    file = manager.get(reverse("organisations:export"))
    assert file["Content-Type"].startswith("text/csv")
    assert "adressbok.csv" in file["Content-Disposition"]
    assert "Hemtjänsten Norr" in file.content.decode("utf-8-sig")
    other = at_work(places.home_care)
    assert other.get(reverse("organisations:export")).status_code == 404
    assert other.post(reverse("organisations:import"), {}).status_code == 404
