"""The customer's own data: surnames, first name and e-mail, confirmed or left; the phone never changes."""

from tests.acceptance.conftest import NewPerson
from tests.acceptance.people import Person, options, state_of, words
from tests.acceptance.stage import GROCER, Row


async def row_of(person: Person) -> Row:
    [row] = await person.stage.rows(
        GROCER,
        """SELECT name, paternal_surname, maternal_surname, email, phone FROM customers
           WHERE phone LIKE '%' || right($1, 10)""",
        person.phone,
    )
    return row


async def test_names_and_email_are_asked_one_by_one_and_saved_together(somebody: NewPerson) -> None:
    lupe = somebody()
    [shown] = await lupe.says("mis datos")
    assert f"{lupe.phone[3:6]} {lupe.phone[6:9]} {lupe.phone[9:]}" in words(shown)
    await lupe.taps("Cambiar datos")
    reached = [await state_of(lupe)]
    for answer in ("rojas", "López", "Guadalupe"):
        await lupe.says(answer)
        reached.append(await state_of(lupe))
    [wrong] = await lupe.says("lupe@correo")
    assert "no parece completo" in words(wrong)
    [asked] = await lupe.says("lupe@Correo.mx")
    reached.append(await state_of(lupe))
    assert reached == [
        "give_paternal_surname",
        "give_maternal_surname",
        "give_first_name",
        "give_email",
        "confirm_details",
    ]
    assert "Guadalupe Rojas López" in words(asked)
    assert (await row_of(lupe))["email"] is None
    await lupe.taps("Guardar")
    assert await row_of(lupe) == {
        "name": "Guadalupe",
        "paternal_surname": "Rojas",
        "maternal_surname": "López",
        "email": "lupe@correo.mx",
        "phone": lupe.phone,
    }


async def test_the_name_they_said_stays_whatever_the_profile_says(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("cambiar mis datos")
    await lupe.says("Rojas López")
    assert await state_of(lupe) == "give_first_name"
    await lupe.says("Guadalupe")
    await lupe.taps("Omitir")
    await lupe.taps("Guardar")
    lupe.name = "🌸 lupis"
    await lupe.stage.passes(hours=7)
    [hello] = await lupe.says("hola")
    assert "Guadalupe" in words(hello)
    assert (await row_of(lupe))["name"] == "Guadalupe"


async def test_cancelled_nothing_changes_and_an_order_in_hand_goes_on(somebody: NewPerson) -> None:
    lupe = somebody()
    await lupe.says("2 cocas de 600 para recoger")
    await lupe.says("cambiar mis datos")
    await lupe.says("Rojas")
    [back] = await lupe.taps("Cancelar")
    assert "$42.00" in words(back)
    assert (await row_of(lupe))["paternal_surname"] is None


async def test_the_phone_cannot_be_changed_and_an_email_can_be_said_at_once(somebody: NewPerson) -> None:
    lupe = somebody()
    [told] = await lupe.says("quiero cambiar mi número")
    assert "no se cambia aquí" in words(told)
    assert "Cambiar datos" in [title for _, _, title in options(told)]
    await lupe.says("mi correo es lupe@correo.mx")
    assert await row_of(lupe) == {
        "name": "Lupe Rojas",
        "paternal_surname": None,
        "maternal_surname": None,
        "email": "lupe@correo.mx",
        "phone": lupe.phone,
    }
