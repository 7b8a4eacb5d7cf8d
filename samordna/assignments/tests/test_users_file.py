"""Import and export of users, through the pages."""

import re
from datetime import timedelta
from typing import ClassVar

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.commands import forget_first_passwords
from samordna.assignments.models import Assignment, FirstPasswords
from samordna.assignments.tests.factories import (
    AssignmentFactory,
    OperationFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
)
from samordna.audit.models import Entry
from samordna.kernel.clock import now, today

IMPORT = reverse("assignments:users_import")
EXPORT = reverse("assignments:users_export")
HEADING = "användarnamn;namn;e-post;enhet;yrke;titel;första dag;sista dag"
BERIT = "berake;Berit Åkesson;berit@example.org;Hemtjänsten Söder;Sjuksköterska;sjuksköterska;2026-01-01;"


def choose(client, content):
    """What the file would do, and where that is shown."""
    data = content if isinstance(content, bytes) else content.encode()
    chosen = client.post(IMPORT, {"file": SimpleUploadedFile("anvandare.csv", data, "text/csv")})
    return (client.get(chosen.url), chosen.url) if chosen.status_code == 302 else (chosen, "")


def pressed(page):
    """The form with the button that imports, as the page gave it."""
    content = page.content.decode()
    form = content[content.index('name="seen"') - 400 :]
    names = re.findall(r'name="(form_key|seen|import)" value="([^"]+)"', form)
    return dict(names)


def send(client, content):
    """Choose the file and import it, when the page offers that; else what the page says."""
    page, where = choose(client, content)
    if 'name="import"' not in page.content.decode():
        return page
    return client.post(where, pressed(page), follow=True)


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
    assert "Filen ändrar ingenting." in again
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
        ("berake;Berit;;Hemtjänsten Öst;Sjuksköterska;ssk;2026-01-01;", 3, "Flera enheter heter så: "),
        (
            "REKTOR;Åsa Rektor;;Hemtjänsten Söder;Sjuksköterska;ssk;2026-01-01;",
            3,
            "utanför det du administrerar",
        ),
        ("berake;Berit;;Hemtjänsten Söder;Sjuksköterska", 3, "Cellen är tom"),
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
    assert "Filen ändrar ingenting." in page
    assert written() == before
    assert export(admin) == content
    assert not Entry.objects.filter(action="user.imported").exists()


FULL = f"{HEADING};telefon;besöksadress;hsa-id;skyddad"


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize(
    "file",
    [
        "användarnamn;namn;enhet;yrke;titel;första dag\n{username};Anna Lindqvist;{unit};{job};{title};{start}",
        FULL + "\n{username};Anna Lindqvist;;{unit};{job};{title};{start};;;;;",
        FULL + ";;\n{username};Anna Lindqvist; ;{unit};{job};{title};{start}",
    ],
    ids=["no columns", "empty cells", "short row"],
)
def test_what_a_file_does_not_mention_stays(admin, county, file):
    user, work = county.anna.user, county.anna
    User.objects.filter(pk=user.pk).update(
        name="Anna Lindqvist",
        email="a@example.org",
        work_address="Gatan 1",
        hsa_id="TSTNMT1-A",
        protected=True,
    )
    Assignment.objects.filter(pk=work.pk).update(ends_on="2027-03-31")
    before = written()
    row = file.format(
        username=user.username, unit=work.unit.name, job="Enhetschef", title=work.title, start=work.starts_on
    )
    assert "Filen ändrar ingenting." in send(admin, row).content.decode()
    assert written() == before
    job = f"{work.unit.name};Enhetschef;{work.title};{work.starts_on}"
    send(admin, f"{HEADING};telefon\n{user.username};Anna Lindqvist;(töm);{job};(töm);(töm)")
    user.refresh_from_db()
    work.refresh_from_db()
    assert (user.email, user.phone, work.ends_on) == ("", "", None)
    assert (user.protected, user.hsa_id, user.work_address) == (True, "TSTNMT1-A", "Gatan 1")


@pytest.mark.requirement("K-05")
def test_old_and_new_value_of_each_cell_is_shown_before_anything_is_written(admin, county):
    start = county.anna.starts_on.isoformat()
    row = f"annlin;Anna Lindqvist-Ek;;Hemtjänsten Norr;Enhetschef;chef;{start};2027-01-31"
    before = written()
    page, where = choose(admin, f"{HEADING}\n{row}\n{BERIT}\n")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page.content.decode())
    for shown in (["namn", "Anna Lindqvist", "Anna Lindqvist-Ek"], ["sista dag", "–", "2027-01-31"]):
        assert shown in [cells[at : at + 3] for at in range(len(cells))]
    assert "Nya: 1. Ändrade: 1. Oförändrade: 0." in page.content.decode()
    assert written() == before
    assert not Entry.objects.exists()
    User.objects.filter(pk=county.anna.user_id).update(name="Anna Berg")
    answer = admin.post(where, pressed(page), follow=True).content.decode()
    assert "Något har ändrats sedan du läste vad filen gör." in answer
    assert "Anna Berg" in answer
    assert not User.objects.filter(username="BERAKE").exists()


@pytest.mark.requirement("K-05")
def test_first_passwords_survive_a_second_post_and_a_reload_for_ten_minutes(admin, county, client):
    with time_machine.travel(now(), tick=False) as clock:
        page, where = choose(admin, f"{HEADING}\n{BERIT}\n")
        form = pressed(page)
        first = admin.post(where, form)
        again = admin.post(where, form)
        assert first.url == again.url
        shown = re.findall("<code>(.*?)</code>", admin.get(first.url).content.decode())
        assert [User.objects.get(username="BERAKE").check_password(password) for password in shown] == [True]
        clock.shift(590)
        assert shown[0] in admin.get(first.url).content.decode()
        assert forget_first_passwords(at=now()) == 0
        # Nothing that is stored is the password.
        assert shown[0] not in str(list(FirstPasswords.objects.values()))
        clock.shift(20)
        assert "Lösenorden visas inte längre." in admin.get(first.url).content.decode()
        assert forget_first_passwords(at=now()) == 1


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("change", ["chosen", "given anew", "another administrator"])
def test_first_passwords_are_shown_while_they_hold_and_to_who_gave_them(admin, county, change):
    where = send(admin, f"{HEADING}\n{BERIT}\n").redirect_chain[-1][0]
    assert "<code>" in admin.get(where).content.decode()
    user = User.objects.get(username="BERAKE")
    if change == "chosen":
        User.objects.filter(pk=user.pk).update(must_change_password=False)
    elif change == "given anew":
        admin.post(reverse("assignments:user_password", args=[user.pk]))
    else:
        other = AssignmentFactory(unit=county.south)
        SystemRoleGrantFactory(user=other.user, organisation=county.care, role="ADMINISTRATOR")
        log_in(admin, other)
    assert "<code>" not in admin.get(where).content.decode()


NEARLY = BERIT.replace("berake", "ber\u2013ake").replace("Hemtjänsten Söder", "HEMTJÄNSTEN\u2011SÖDER")


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("letter", ["a", "\u0391", "\u0430"], ids=["dash", "Greek", "Cyrillic"])
@pytest.mark.parametrize(("answer", "users"), [("same:BERAKE", 1), ("new", 2)])
def test_a_user_name_that_is_nearly_the_same_is_asked_about_and_never_made(
    admin, county, answer, users, letter
):
    send(admin, f"{HEADING}\n{BERIT}\n")
    page, where = choose(admin, f"{HEADING};telefon\n{NEARLY.replace('ake', f'{letter}ke')};1177\n")
    content = page.content.decode()
    assert "Samma som BERAKE" in content
    assert 'name="import"' not in content
    admin.post(where, {**pressed(page), "import": "1"})
    made = User.objects.filter(username__startswith="BER")
    assert made.count() == 1
    field = re.search(r'name="(answer-\w+)"', content)[1]
    page = admin.post(where, {field: answer}, follow=True)
    assert made.count() == 1
    admin.post(where, pressed(page))
    assert (made.count(), User.objects.get(username="BERAKE").phone) == (users, "1177" if users == 1 else "")


@pytest.mark.requirement("K-05")
def test_the_export_holds_the_scope_only_and_is_logged(admin, county):
    content = export(admin).decode("utf-8-sig")
    assert "Anna Lindqvist" in content
    assert "Åsa Rektor" not in content
    assert Entry.objects.get().action == "user.exported"


@pytest.mark.requirement("K-05")
def test_the_file_pages_do_not_exist_for_others(client, county):
    log_in(client, county.anna)
    assert client.get(IMPORT).status_code == 404
    assert client.post(EXPORT).status_code == 404
    assert send(client, f"{HEADING}\n{BERIT}\n").status_code == 404


def test_a_file_neither_prolongs_what_has_ended_nor_hides_that_it_does(admin, county):
    ended = today(now()) - timedelta(days=3)
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=ended)
    start = county.anna.starts_on.isoformat()
    for last in ("(töm)", "2030-01-31"):
        row = f"annlin;Anna Lindqvist;;Hemtjänsten Norr;Enhetschef;{county.anna.title};{start};{last}"
        assert f"Uppdraget tog slut {ended}." in send(admin, f"{HEADING}\n{row}\n").content.decode()
    county.anna.refresh_from_db()
    assert county.anna.ends_on == ended


def test_a_cell_that_must_say_something_is_not_emptied_and_told_so(admin, county):
    page = send(admin, f"{HEADING}\n{BERIT.replace('Berit Åkesson', '(töm)')}\n").content.decode()
    assert "(töm) tömmer cellen, och den här får inte vara tom." in page
    page = send(admin, f"{HEADING}\n{BERIT.replace('Berit Åkesson', '')}\n").content.decode()
    assert "Cellen är tom." in page


def test_what_a_row_costs_does_not_grow_with_the_scope(admin, county):
    """Whose details may be changed is asked once for the whole file."""
    people = [AssignmentFactory(unit=county.north) for _number in range(6)]

    def asked_for_roles(number):
        rows = [
            f"{one.user.username};Nytt namn;;Hemtjänsten Norr;Sjuksköterska;ny;2026-11-01;"
            for one in people[:number]
        ]
        chosen = admin.post(
            IMPORT, {"file": SimpleUploadedFile("a.csv", "\n".join([HEADING, *rows]).encode(), "text/csv")}
        )
        with CaptureQueriesContext(connection) as queries:
            page = admin.get(chosen.url).content.decode()
        assert f"Nya: {number}." in page
        return sum("systemrolegrant" in one["sql"] for one in queries.captured_queries)

    assert asked_for_roles(1) == asked_for_roles(6)


@pytest.mark.requirement("K-06")
@pytest.mark.parametrize(
    ("department", "unit", "fits"),
    [
        ("", "Hemtjänsten Söder", True),
        ("Vård- och omsorgsförvaltningen", "hemtjänsten söder", True),
        ("", "Hemtjänsten Norr", False),
        ("Bildningsförvaltningen", "Hemtjänsten Söder", False),
    ],
)
def test_an_hsa_id_does_not_overrule_what_else_is_written_of_the_unit(admin, county, department, unit, fits):
    county.south.hsa_id = "TSTNMT1-A"
    county.south.save(update_fields=["hsa_id"])
    heading = HEADING.replace("enhet;", "förvaltning;enhet;enhetens hsa-id;")
    row = BERIT.replace("Hemtjänsten Söder;", f"{department};{unit};TSTNMT1-A;")
    said = send(admin, f"{heading}\n{row}\n").content.decode()
    assert User.objects.filter(username="BERAKE").exists() == fits
    assert ("HSA-id:t är det för" in said) != fits


def test_units_of_one_name_in_two_operations_come_back_from_the_export(admin, county):
    for name in ("Hemvården", "Nattpatrullen"):
        unit = UnitFactory(name="Gruppen", parent=OperationFactory(name=name, parent=county.care))
        AssignmentFactory(unit=unit)
    exported = export(admin)
    assert "Hemvården" in exported.decode()
    page, _where = choose(admin, exported)
    assert "Filen ändrar ingenting." in page.content.decode()


def test_a_unit_beside_an_operation_with_one_of_its_name_is_not_guessed(admin, county):
    """The department alone says not which is meant; what is known already comes back from the export all the same."""
    for parent in (county.care, OperationFactory(name="Hemvården", parent=county.care)):
        AssignmentFactory(unit=UnitFactory(name="Gruppen", parent=parent))
    assert "Filen ändrar ingenting." in choose(admin, export(admin))[0].content.decode()
    heading = HEADING.replace("enhet;", "förvaltning;verksamhet;enhet;")
    row = BERIT.replace("Hemtjänsten Söder", "Vård- och omsorgsförvaltningen;;Gruppen")
    page = send(admin, f"{heading}\n{row}\n").content.decode()
    town = "Exempelköpings kommun › Vård- och omsorgsförvaltningen"
    assert "Flera enheter heter så: " in page
    assert f"{town} › Gruppen" in page
    assert f"{town} › Hemvården › Gruppen" in page
    assert not User.objects.filter(username="BERAKE").exists()
    send(admin, f"{heading}\n{row.replace(';;', ';Hemvården;')}\n")
    assert Assignment.objects.get(user__username="BERAKE").unit.parent.name == "Hemvården"


def test_an_assignment_is_not_made_to_last_over_a_later_one_of_the_same_work(admin, county):
    day = today(now())
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=day + timedelta(days=5))
    AssignmentFactory(user=county.anna.user, unit=county.anna.unit, starts_on=day + timedelta(days=10))
    where = reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk])
    page = admin.post(where, {"ends_on": day + timedelta(days=15)})
    assert page.status_code == 200
    assert "arbetar redan på enheten" in page.content.decode()
    assert admin.post(where, {"ends_on": day + timedelta(days=9)}).status_code == 302


def test_a_new_title_on_an_own_row_with_a_known_last_day_shuts_nobody_out(admin, county):
    Assignment.objects.filter(pk=county.admin.pk).update(ends_on=today(now()) + timedelta(days=50))
    exported = export(admin).decode("utf-8-sig").replace("administratör", "chef")
    send(admin, exported)
    county.admin.refresh_from_db()
    assert county.admin.title == "chef"


class NotingHasher(MD5PasswordHasher):
    """Notes how deep in transactions each password was hashed."""

    algorithm = "noting"
    depths: ClassVar[list[int]] = []

    def encode(self, password, salt):
        self.depths.append(len(connection.savepoint_ids))
        return super().encode(password, salt)


@pytest.mark.requirement("K-05")
def test_passwords_are_hashed_before_anything_is_held(admin, county, settings):
    """Hundreds take a minute, for which everybody else would wait at the line of user names."""
    settings.PASSWORD_HASHERS = [f"{__name__}.NotingHasher", *settings.PASSWORD_HASHERS]
    NotingHasher.depths.clear()
    outside = len(connection.savepoint_ids)
    shown = send(admin, f"{HEADING}\n{BERIT}\n{BERIT.replace('berake', 'berako')}\n").content.decode()
    assert NotingHasher.depths == [outside, outside]
    user = User.objects.get(username="BERAKO")
    assert [user.check_password(one) for one in re.findall("<code>(.*?)</code>", shown)] == [False, True]
