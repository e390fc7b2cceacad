"""Extras and fillings are kept in groups and move the catalog's version."""

from decimal import Decimal

import pytest
from tests.builders.catalog import add_product

from marchante.catalog.option_repository import option_groups, set_option_groups
from marchante.catalog.options import Option, OptionGroup, price_with
from marchante.catalog.repository import current_version
from marchante.foundation.kernel.errors import Invalid


def stored(groups):
    """As given, whatever ids the database chose."""
    return [
        (
            group.name,
            group.min_choices,
            group.max_choices,
            [(o.name, o.price_delta, o.product_id) for o in group.options],
        )
        for group in groups
    ]


async def test_groups_come_back_as_they_were_given(database, lupita, agua):
    async with database.company(lupita.schema) as connection:
        gordita = await add_product(connection, "gordita", price=Decimal("20.00"))
        rajas = await add_product(connection, "rajas", price=None)
        await add_product(connection, "agua")
        groups = (
            OptionGroup("Guiso", (Option("Rajas", product_id=rajas), Option("Chicharrón")), 1, 1),
            OptionGroup("Extras", (Option("Con queso", Decimal("12.50")), Option("Sin crema", Decimal("-2.00"))), 0, 2),
        )
        before = await current_version(connection)
        await set_option_groups(connection, gordita, groups)
        assert await current_version(connection) > before
        found = await option_groups(connection)
        assert list(found) == [gordita]
        assert stored(found[gordita]) == stored(groups)
        await set_option_groups(connection, gordita, groups[1:])
        assert stored((await option_groups(connection))[gordita]) == stored(groups[1:])
        await set_option_groups(connection, gordita, ())
        assert await option_groups(connection) == {}
    async with database.company(agua.schema) as connection:
        assert await option_groups(connection) == {}


def test_a_choice_is_of_the_group_and_neither_too_few_nor_too_many():
    group = OptionGroup("Extras", (Option("Queso", id=1), Option("Crema", id=2), Option("Salsa", id=3)), 1, 2)
    assert [group.accepts(chosen) for chosen in ([1], [3, 2], [], [1, 2, 3], [4], [1, 1])] == [True, True, *[False] * 4]


@pytest.mark.parametrize(
    "group",
    [
        ("", (Option("Queso"),), 0, 1),
        ("Extras", (), 1, 1),
        ("Extras", (Option("Queso"), Option("queso ")), 0, 1),
        ("Extras", (Option(" "),), 0, 1),
        ("Extras", (Option("Queso"),), 2, 1),
        ("Extras", (Option("Queso"),), 2, 2),
        ("Extras", (Option("Queso"),), -1, 1),
        ("Extras", (Option("Queso"),), 0, 0),
    ],
)
def test_a_group_nobody_can_choose_from_is_refused(group):
    with pytest.raises(Invalid) as refused:
        OptionGroup(*group)
    assert refused.value.code == "bad_option_group"


def test_a_price_includes_what_was_chosen_and_is_never_under_zero():
    cheese, without = Option("Queso", Decimal("12.50")), Option("Sin carne", Decimal("-30.00"))
    assert price_with(Decimal("20.00"), [cheese]) == Decimal("32.50")
    assert price_with(Decimal("20.00"), [without]) == Decimal("0.00")
    assert price_with(None, [cheese, cheese]) == Decimal("25.00")
