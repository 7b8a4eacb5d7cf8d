"""Import and export of users, through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import AssignmentFactory, UnitFactory
from samordna.audit.models import Entry

IMPORT = reverse("assignments:users_import")
EXPORT = reverse("assignments:users_export")
HEADING = "användarnamn;namn;e-post;enhet;yrke;titel;första dag;sista dag"
BERIT = "berake;Berit Åkesson;berit@example.org;Hemtjänsten Söder;Sjuksköterska;sjuksköterska;2026-01-01;"


def send(client, content):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile("anvandare.csv", data, "text/csv")})


def export(client):
    return client.post(EXPORT).content


def written():
    users = list(
        User.objects.order_by("username").values("username", "name", "email", "phone", "hsa_id", "protected")
    )
    work = list(
        Assignment.objects.order_by("pk").values(
            "user", "unit", "profession", "title", "starts_on", "ends_on"
        )
    )
    return users, work


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADING}\n{BERIT}\n".encode(),
        f"{HEADING}\r\n{BERIT}\r\n".encode("utf-8-sig"),
        f"{HEADING}\n{BERIT}".encode("cp1252"),
        f"{HEADING}\n{BERIT}\n".replace(";", ",").encode(),
    ],
    ids=["utf-8", "byte order mark", "windows-1252", "commas"],
)
def test_a_file_makes_users_and_shows_their_passwords_once(admin, county, content):
    page = send(admin, content).content.decode()
    user = User.objects.get(username="BERAKE")
    assert (user.name, user.must_change_password) == ("Berit Åkesson", True)
    assert Assignment.objects.get(user=user).unit == county.south
    password = page.split("<code>")[1].split("</code>")[0]
    assert user.check_password(password)
    again = send(admin, content).content.decode()
    assert "<code>" not in again
    assert User.objects.filter(username="BERAKE").count() == 1


@pytest.mark.parametrize(
    ("row", "line", "told"),
    [
        ("berake;;b@example.org;Hemtjänsten Söder;Sjuksköterska;ssk;2026-01-01;", 3, "namn"),
        ("berake;Berit;berit@;Hemtjänsten Söder;Sjuksköterska;ssk;2026-01-01;", 3, "e-postadressen"),
        ("berake;Berit;;Åskolan;Sjuksköterska;ssk;2026-01-01;", 3, "finns inte bland dem du administrerar"),
        ("berake;Berit;;Hemtjänsten Söder;Kung;ssk;2026-01-01;", 3, "Yrket finns inte"),
        ("berake;Berit;;Hemtjänsten Söder;Sjuksköterska;ssk;1 jan;", 3, "2026-11-22"),
        ("berake;Berit;;Hemtjänsten Söder;Sjuksköterska;ssk;2026-01-01;2025-01-01", 3, "före den första"),
        ("berake;Berit;;Stängda;Sjuksköterska;ssk;2026-01-01;", 3, "Enheten är stängd."),
        ("berake;Berit;;Hemtjänsten Öst;Sjuksköterska;ssk;2026-01-01;", 3, "Flera enheter heter så."),
        (
            "REKTOR;Åsa Rektor;;Hemtjänsten Söder;Sjuksköterska;ssk;2026-01-01;",
            3,
            "utanför det du administrerar",
        ),
        ("berake;Berit;;Hemtjänsten Söder;Sjuksköterska", 3, "celler"),
        ("ber ake;Berit;;Hemtjänsten Söder;Sjuksköterska;ssk;2026-01-01;", 3, "utan mellanslag"),
        (f"{BERIT}\nberake;Annat Namn;;Hemtjänsten Norr;Sjuksköterska;ssk;2026-01-01;", 4, "En tidigare rad"),
        (f"{BERIT}\n{BERIT}", 4, "arbetar redan"),
    ],
)
def test_a_faulty_row_is_told_with_its_line_and_nothing_is_imported(admin, county, row, line, told):
    county.head.user.username = "REKTOR"
    county.head.user.save()
    UnitFactory(name="Stängda", parent=county.care, closed_on="2026-01-01")
    for parent in (county.care, county.elderly):
        UnitFactory(name="Hemtjänsten Öst", parent=parent)
    before = written()
    good = "forsta;Första Raden;;Hemtjänsten Norr;Planerare;planerare;2026-01-01;"
    page = send(admin, f"{HEADING}\n{good}\n{row}\n").content.decode()
    assert "Inget är importerat" in page
    assert f'<td class="num">{line}</td>' in page
    assert told in page
    assert written() == before
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("telefon", "ring växeln", "070-174 06 05"),
        ("telefon", "1177 " * 21, "högst 100 tecken"),
        ("hsa-id", "hej", "HSA-id"),
        ("hsa-id", "TSTNMT1-A", "HSA-id"),
        ("skyddad", "vet", "ja eller nej"),
        ("skyddad", "x" * 200_000, "Kontrollera citattecknen"),
    ],
)
def test_a_faulty_detail_is_told_too(admin, county, column, value, told):
    county.anna.user.hsa_id = "TSTNMT1-A"
    county.anna.user.save()
    before = written()
    page = send(admin, f"{HEADING};{column}\n{BERIT};{value}\n").content.decode()
    assert '<td class="num">2</td>' in page
    assert told in page
    assert written() == before


def test_several_faults_are_told_at_once(admin, county):
    rows = "\n".join(BERIT.replace("Hemtjänsten Söder", name) for name in ("Ingenstans", "Någonstans"))
    page = send(admin, f"{HEADING}\n{rows}\n").content.decode()
    assert "2 fel i filen" in page


def test_a_file_with_the_wrong_heading_is_refused(admin, county):
    page = send(admin, "namn;lön\nBerit;1\n").content.decode()
    assert "lön" in page
    assert "användarnamn" in page.split("</table>")[0]


def test_a_users_details_and_last_day_are_changed_by_a_file(admin, county):
    start = county.anna.starts_on.isoformat()
    row = f"annlin;Anna Lindqvist-Ek;ny@example.org;Hemtjänsten Norr;Enhetschef;chef;{start};2027-01-31"
    page = send(admin, f"{HEADING}\n{row}\n").content.decode()
    county.anna.refresh_from_db()
    county.anna.user.refresh_from_db()
    assert "Användarna är importerade" in page
    assert (county.anna.title, county.anna.ends_on.isoformat()) == ("chef", "2027-01-31")
    assert (county.anna.user.name, county.anna.user.email) == ("Anna Lindqvist-Ek", "ny@example.org")
    # The file has no such column, so what was known stays.
    assert county.anna.user.phone == "0150-000 00"


def test_an_import_does_not_end_the_own_assignment(admin, county):
    row = f"{county.admin.user.username};Örjan Ek;;Hemtjänsten Norr;Annat yrke;administratör;2020-01-01;2026-01-31"
    before = written()
    assert "stänga ute dig själv" in send(admin, f"{HEADING}\n{row}\n").content.decode()
    assert written() == before


def test_what_is_exported_is_imported_unchanged(admin, county):
    sly = AssignmentFactory(
        unit=county.south,
        user__name='=HYPERLINK("x";"y")',
        user__phone="+46 150 570 00",
        user__work_address="Gatan 1; plan 2",
        user__protected=True,
        title="-chef-",
        ends_on="2026-12-31",
    )
    AssignmentFactory(
        user=sly.user, unit=UnitFactory(parent=county.care, closed_on="2026-02-01"), ends_on="2026-01-31"
    )
    before, content = written(), export(admin)
    assert content.startswith(b"\xef\xbb\xbf")
    for cell in content.decode("utf-8-sig").replace("\r\n", ";").split(";"):
        assert not cell.strip('"').startswith(("=", "+", "-", "@", "\t"))
    page = send(admin, content).content.decode()
    assert "Användarna är importerade" in page
    assert written() == before
    assert export(admin) == content
    assert Entry.objects.get(action="user.imported").details == {
        "new_users": 0,
        "changed_users": 0,
        "new_assignments": 0,
        "changed_assignments": 0,
    }


@pytest.mark.requirement("K-05")
def test_the_export_holds_the_scope_only_and_is_logged(admin, county):
    content = export(admin).decode("utf-8-sig")
    assert "Anna Lindqvist" in content
    assert "Åsa Rektor" not in content
    assert Entry.objects.get().action == "user.exported"


@pytest.mark.requirement("K-05")
def test_the_file_pages_do_not_exist_for_others(client, county):
    from samordna.assignments.tests.factories import log_in  # noqa: PLC0415

    log_in(client, county.anna)
    assert client.get(IMPORT).status_code == 404
    assert client.post(EXPORT).status_code == 404
    assert send(client, f"{HEADING}\n{BERIT}\n").status_code == 404
