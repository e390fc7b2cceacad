"""What a customer tells about themselves."""

import pytest
from tests.builders.orders import add_customer
from tests.builders.snapshots import rows_of

from marchante.customers import merging
from marchante.customers.details import change_details, details_of
from marchante.customers.domain import CustomerDetails
from marchante.foundation.kernel.errors import Invalid, NotFound

GIVEN = {
    "name": " Guadalupe ",
    "paternal_surname": "Rojas",
    "maternal_surname": "López  Ruiz",
    "email": "lupe@Correo.MX",
}


async def test_names_and_email_are_kept_as_told_and_forgotten_on_request(database, lupita, agua, clock):
    other = await rows_of(database, agua.schema)
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection, "lupis 🌸")
        told = await change_details(connection, customer, GIVEN, clock.now())
        assert told == CustomerDetails("Guadalupe", "Rojas", "López Ruiz", "lupe@correo.mx")
        assert told.full_name == "Guadalupe Rojas López Ruiz"
        await change_details(connection, customer, {"email": " "}, clock.now())
        assert await details_of(connection, customer) == CustomerDetails("Guadalupe", "Rojas", "López Ruiz", None)
    assert await rows_of(database, agua.schema) == other


@pytest.mark.parametrize(
    ("given", "code"),
    [({"email": "lupe"}, "bad_email"), ({"name": "🌸🌸"}, "bad_name"), ({"paternal_surname": "x" * 81}, "bad_name")],
)
async def test_what_is_no_name_or_email_is_refused(database, lupita, clock, given, code):
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
        with pytest.raises(Invalid) as refused:
            await change_details(connection, customer, GIVEN | given, clock.now())
        assert refused.value.code == code
        assert await details_of(connection, customer) == CustomerDetails("Lupita", None, None, None)


async def test_another_shops_customer_has_no_details_here(database, lupita, agua, clock):
    async with database.company(lupita.schema) as connection:
        customer = await add_customer(connection)
    async with database.company(agua.schema) as connection:
        with pytest.raises(NotFound) as missing:
            await change_details(connection, customer, GIVEN, clock.now())
        assert missing.value.code == "customer_not_found"


async def test_two_rows_that_are_one_person_keep_what_either_told(database, lupita, clock):
    async with database.company(lupita.schema) as connection:
        keep, lose = await add_customer(connection), await add_customer(connection, "Lupe")
        await change_details(connection, keep, {"maternal_surname": "Ruiz"}, clock.now())
        await change_details(connection, lose, GIVEN, clock.now())
        await merging.absorb(connection, keep=keep, lose=lose, now=clock.now())
        assert await details_of(connection, keep) == CustomerDetails("Guadalupe", "Rojas", "Ruiz", "lupe@correo.mx")
