"""What whoever runs the platform does to a company from the command line."""

from datetime import date, timedelta

import pytest
from tests.builders.account_news import came

from marchante.accounts.events import AccountEvents
from marchante.simulator.config import SimulatedNumber, SimulatorConfig
from marchante.simulator.server import serve_simulator

SLUG = "abarrotes_lupita"


async def log_of(companies):
    return [(entry.action, entry.description) for entry in await companies.log_of(SLUG) if entry.actor == "cli"]


async def test_hours_are_set_shown_and_forgotten(marchante, companies):
    assert await marchante.run("company", "hours", SLUG) == "not told"
    written = "mon-sat 08:00-21:00; sun 09:00-15:00"
    assert await marchante.run("company", "hours", SLUG, "--set", "lun-sáb 8-21; dom 9-15") == written
    assert await marchante.run("company", "hours", SLUG) == written
    assert (await companies.get("agua_clara")).settings.hours is None
    assert await marchante.run("company", "hours", SLUG, "--forget") == "not told"
    assert await log_of(companies) == [
        ("settings_changed", "hours forgotten"),
        ("settings_changed", f"hours {written}"),
    ]


async def test_hours_that_are_not_understood_change_nothing(marchante, companies):
    before = await companies.get(SLUG)
    assert "bad_hours" in await marchante.run("company", "hours", SLUG, "--set", "cuando se pueda")
    assert marchante.code == 1
    assert await companies.get(SLUG) == before


async def test_days_are_closed_and_opened_again(marchante, companies):
    soon = date.today() + timedelta(days=30)  # noqa: DTZ011 - far enough for any zone
    later = soon + timedelta(days=3)
    await marchante.run("company", "close", SLUG, str(later), "--reason", "inventario")
    await marchante.run("company", "close", SLUG, str(soon), "--to", str(soon + timedelta(days=1)))
    shown = await marchante.run("company", "hours", SLUG)
    assert shown == f"not told closed {soon} to {soon + timedelta(days=1)} closed {later} (inventario)"
    await marchante.run("company", "close", SLUG, str(later), "--undo")
    assert "inventario" not in await marchante.run("company", "hours", SLUG)
    assert "closure_not_found" in await marchante.run("company", "close", SLUG, str(later), "--undo")
    assert "bad_dates" in await marchante.run("company", "close", SLUG, "2020-12-25")
    assert "bad_dates" in await marchante.run("company", "close", SLUG, str(later), "--to", str(soon))
    assert marchante.code == 1
    assert [action for action, _ in await log_of(companies)] == ["settings_changed"] * 3


async def test_settings_are_changed_by_name_together_or_not_at_all(marchante, companies):
    shown = await marchante.run(
        "company", "settings", SLUG, "slot-minutes=90", "delivery_fee=15", "same_day_cutoff=18:00"
    )
    assert "slot_minutes 90" in shown
    settings = (await companies.get(SLUG)).settings
    assert (settings.slot_minutes, str(settings.delivery_fee), f"{settings.same_day_cutoff:%H:%M}") == (
        90,
        "15.00",
        "18:00",
    )
    assert settings.opening_hours == "de lunes a sábado de 8 a.m. a 9 p.m."
    for bad, code in (
        (("lead_minutes=5", "slot_minutes=0"), "bad_setting"),
        (("delivers=maybe",), "bad_setting"),
        (("delivery_fee=NaN",), "bad_setting"),
        (("treatment=vos",), "bad_setting"),
        (("horario=9",), "unknown_setting"),
        (("hours=closed",), "unknown_setting"),
        (("delivers",), "bad_setting"),
    ):
        assert code in await marchante.run("company", "settings", SLUG, *bad)
        assert marchante.code == 1
    assert (await companies.get(SLUG)).settings == settings
    await marchante.run("company", "settings", SLUG, "same_day_cutoff=none", "treatment=usted")
    settings = (await companies.get(SLUG)).settings
    assert (settings.same_day_cutoff, settings.treatment) == (None, "usted")
    assert len(await log_of(companies)) == 2


async def test_a_plan_is_changed_and_its_history_shown(marchante, companies):
    shown = await marchante.run("company", "plan", SLUG, "premium")
    assert shown.index("premium") < shown.index("completo")
    assert shown.count("in force") == 1
    assert (await companies.get(SLUG)).plan == "premium"
    await marchante.run("company", "plan", SLUG, "gratis")
    assert marchante.code == 2


async def test_legal_information_is_kept_and_checked(marchante, companies):
    shown = await marchante.run(
        "company", "legal", SLUG, "--owner-name", "Guadalupe Rojas [bold]", "--rfc", "rogl840229ab1"
    )
    assert "owner_name Guadalupe Rojas [bold]" in shown
    assert "rfc ROGL840229AB1" in await marchante.run("company", "legal", SLUG)
    assert "bad_rfc" in await marchante.run("company", "legal", SLUG, "--rfc", "123")
    assert "bad_email" in await marchante.run("company", "legal", SLUG, "--contact-email", "x")
    assert marchante.code == 1
    assert await log_of(companies) == [("legal_information_changed", "owner_name, rfc")]


async def test_branches_are_added_listed_and_removed(marchante, companies):
    of = ("company", "establishments", SLUG)
    added = await marchante.run(
        *of, "add", "Centro", "Av. Xalapa 12", "--phone", "2281000002", "--place", "19.5,-96.92"
    )
    number = added.removeprefix("added ")
    assert f"{number} Centro Av. Xalapa 12 522281000002 19.500000, -96.920000" in await marchante.run(*of, "list")
    assert "Centro" not in await marchante.run("company", "establishments", "agua_clara", "list")
    assert "establishment_exists" in await marchante.run(*of, "add", "centro", "Otra 3")
    assert "bad_coordinates" in await marchante.run(*of, "add", "Norte", "Otra 3", "--place", "lejos")
    await marchante.run(*of, "remove", number)
    assert "Centro" not in await marchante.run(*of, "list")
    assert "establishment_not_found" in await marchante.run(*of, "remove", number)
    assert marchante.code == 1


async def test_the_shops_own_words_come_from_the_line_or_from_a_file(marchante, companies, tmp_path):
    assert await marchante.run("company", "prompt", SLUG, "--set", "Pagos a BBVA [0123]") == "Pagos a BBVA [0123]"
    told = tmp_path / "shop.txt"
    told.write_text("Sucursal en Coatepec.\nLos lunes no hay pan.", encoding="utf-8")
    await marchante.run("company", "prompt", SLUG, "--file", str(told))
    assert (await companies.get(SLUG)).prompt_info == "Sucursal en Coatepec.\nLos lunes no hay pan."
    await marchante.run("company", "prompt", SLUG, "--set", "")
    assert (await companies.get(SLUG)).prompt_info == ""


async def test_a_campaign_begins_and_ends(marchante, companies):
    assert await marchante.run("company", "campaign", SLUG, "--set", "Aguacate al 2x1") == "Aguacate al 2x1"
    assert await marchante.run("company", "campaign", SLUG) == "Aguacate al 2x1"
    assert await marchante.run("company", "campaign", SLUG, "--end") == "none"
    assert (await companies.get(SLUG)).active_campaign is None


async def test_the_owner_is_told_on_a_phone_that_is_not_the_shops(marchante, companies):
    assert await marchante.run("company", "owner-phone", SLUG, "228 100 0055") == "522281000055"
    assert "owner_is_shop_number" in await marchante.run("company", "owner-phone", SLUG, "+52 1 228 100 0001")
    assert marchante.code == 1
    assert (await companies.get(SLUG)).owner_phone == "522281000055"
    assert await marchante.run("company", "owner-phone", SLUG, "none") == "none"


async def test_the_log_tells_what_was_done_the_newest_first(marchante):
    await marchante.run("company", "suspend", SLUG)
    await marchante.run("company", "resume", SLUG)
    shown = await marchante.run("company", "log", SLUG)
    assert shown.index("cli resumed") < shown.index("cli suspended") < shown.index("system created")
    assert "created" not in await marchante.run("company", "log", SLUG, "--limit", "2")


@pytest.mark.parametrize(
    "command",
    [
        ("hours",),
        ("settings",),
        ("close", "2099-01-01"),
        ("plan", "premium"),
        ("log",),
        ("legal",),
        ("prompt",),
        ("campaign",),
        ("owner-phone", "2281000055"),
    ],
)
async def test_a_company_that_does_not_exist_is_named(marchante, command):
    name, *rest = command
    assert "company_not_found: no company nadie" in await marchante.run("company", name, "nadie", *rest)
    assert marchante.code == 1


async def test_what_is_printed_of_a_company_shows_its_hours_as_json(marchante):
    await marchante.run("company", "hours", SLUG, "--set", "mon 08:00-21:00")
    assert '"mon": [ [ "08:00:00", "21:00:00" ] ]' in await marchante.run("company", "show", SLUG)


async def test_the_account_of_a_number_is_told_when_it_is_created_or_later(marchante, companies):
    assert "bad_waba_id" in await marchante.run("numbers", "account", SLUG, "1001", "mi cuenta")
    assert "number_not_found" in await marchante.run("numbers", "account", SLUG, "2001", "9001")
    assert "templates could not" not in await marchante.run("numbers", "account", SLUG, "1001", "9001")
    assert marchante.code == 0
    assert (await companies.get(SLUG)).numbers[0].waba_id == "9001"
    assert await log_of(companies) == [("account_changed", "1001: 9001")]
    created = ("company", "create", "tortas", "--name", "Tortas", "--business-type", "local_shop")
    await marchante.run(*created, "--phone-number-id", "3001", "--display-phone", "+52 55", "--waba-id", "9003")
    assert (await companies.get("tortas")).numbers[0].waba_id == "9003"


async def test_templates_are_synchronised_and_listed_by_command(marchante, monkeypatch):
    numbers = (SimulatedNumber("1001", "9001", "+52 228 100 0001", "Abarrotes Lupita", ("token",)),)
    config = SimulatorConfig("http://127.0.0.1:9/webhook", "secret", "verify", numbers)
    async with serve_simulator(config) as simulator:
        monkeypatch.setenv("WHATSAPP_API_URL", simulator.url)
        monkeypatch.setenv("WHATSAPP_TOKEN", "token")
        assert "templates_not_synced: abarrotes_lupita: " in await marchante.run("templates", "sync", SLUG)
        assert marchante.code == 1
        await marchante.run("numbers", "account", SLUG, "1001", "9001")
        assert "created nuevo_pedido" in await marchante.run("templates", "sync", SLUG)
        assert "created none; edited none" in await marchante.run("templates", "sync", SLUG)
        assert marchante.code == 0
        assert "bad_arguments" in await marchante.run("templates", "sync")
    assert "nuevo_pedido es_MX UTILITY APPROVED" in await marchante.run("templates", "list", SLUG)
    assert '"usable": true' in await marchante.run("templates", "list", SLUG, "--json")


async def test_news_of_accounts_are_listed_and_what_was_set_aside_is_handled_again(marchante, database, clock):
    await came(database, "drone_delivery_update", {"event": "LANDED"}, clock.now())
    assert "drone_delivery_update waiting" in await marchante.run("news", "list")
    await AccountEvents(database, clock).handle_pending()
    assert "drone_delivery_update kept" in await marchante.run("news", "list", "--outcome", "kept")
    assert "LANDED" in await marchante.run("news", "list", "--json")
    async with database.relay() as connection:
        news = await connection.fetchval("UPDATE relay.inbox_events SET outcome = 'failed' RETURNING id")
    assert "news_not_found" in await marchante.run("news", "replay", str(news + 1))
    await marchante.run("news", "replay", str(news))
    assert marchante.code == 0
    assert "waiting" in await marchante.run("news", "list")


async def test_what_cannot_be_done_names_its_own_fault_not_the_database(marchante, tmp_path):
    nowhere = str(tmp_path / "nowhere" / "x.zip")
    for command, code in (
        (("company", "export", SLUG, nowhere), "unwritable_file"),
        (("handoffs", "close", SLUG, "9" * 30), "bad_value"),
        (("orders", "weigh", SLUG, "A-0001", "1=1", "1=2"), "bad_line"),
    ):
        assert (await marchante.run(*command)).startswith(f"{code}: ")
        assert marchante.code == 1
