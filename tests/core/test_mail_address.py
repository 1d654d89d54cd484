"""What is an address of mail, asked in one place: a place's contact, a person's own, a server's sender."""

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.core.base.mail_address import MailAddress, mail_address
from bot.core.places.place import OfficeContact


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("anna@people.example", "anna@people.example"),
        ("  Anna.Berzina+darbs@People.Example\n", "Anna.Berzina+darbs@people.example"),
        ("o'brien_1@x-y.example", "o'brien_1@x-y.example"),
        ("info@piemērs.lv", "info@xn--piemrs-s3a.lv"),
        ("info@xn--piemrs-s3a.lv", "info@xn--piemrs-s3a.lv"),
        ("info@почта.рф", "info@xn--80a1acny.xn--p1ai"),
        (
            "info@straße.example",
            "info@xn--strae-oqa.example",
        ),  # as it is now, not as it was in 2003
        ("anna@p\u200beople.example", "anna@people.example"),  # what is not seen when it is copied
        (f"{'a' * 64}@{'b' * 63}.example", f"{'a' * 64}@{'b' * 63}.example"),
    ],
)
def test_an_address_is_taken_as_servers_know_it(written, meant):
    assert mail_address(written) == meant
    assert TypeAdapter(MailAddress).validate_python(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "", "@", "anna", "anna@", "@people.example", "anna@people", "anna@people.", "anna@.example",
        "anna@people..example", "anna @people.example", "anna@peo ple.example", ".anna@people.example",
        "anna.@people.example", "an..na@people.example", "<anna@people.example>", "Anna <anna@people.example>",
        "anna@people.example, janis@people.example", "anna@people.example\r\nBcc: x@y.example",
        "anna@people.example\nx", '"an na"@people.example', "anna%x@people.example", "x!anna@people.example",
        "anna@[127.0.0.1]", "anna@127.0.0.1", "anna@-people.example", "anna@people-.example", "ānna@people.example",
        "anna@people_x.example", "anna\x00@people.example", f"{'a' * 65}@people.example",
        f"a@{'b' * 64}.example", f"a@{'b.' * 130}example", "a@" + "ā" * 5000 + ".lv", "mailto:anna@people.example",
    ],
)  # fmt: skip
def test_what_is_none_is_refused_without_telling_it(written):
    with pytest.raises(ValueError, match=r"an address of mail|name of a domain") as refused:
        mail_address(written)
    assert "anna" not in str(refused.value)
    with pytest.raises(ValidationError) as invalid:
        OfficeContact(email=written)
    assert "is not an address of mail" in str(invalid.value)


def test_a_places_contact_is_shown_as_it_was_written():
    assert OfficeContact(email="Info@piemērs.lv").email == "Info@piemērs.lv"
