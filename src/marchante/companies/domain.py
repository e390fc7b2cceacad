"""What a company is, and the settings its owner may change."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from marchante.companies.hours import Closure, Schedule, Slot, WallTime, WeeklyHours
from marchante.foundation.kernel.errors import Invalid

ToldStatus = Literal["processing", "shipped", "ready_for_pickup", "delivered", "cancelled"]
PayMethod = Literal["cash", "card_at_door", "transfer"]
SLUG = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
WABA_ID = re.compile(r"[0-9]{1,40}")


class BusinessType(StrEnum):
    GROCERY = "grocery"
    GREENGROCER = "greengrocer"
    WATER_DELIVERY = "water_delivery"
    DRY_CLEANER = "dry_cleaner"
    LOCAL_SHOP = "local_shop"


class Plan(StrEnum):
    BASICO = "basico"
    COMPLETO = "completo"
    PREMIUM = "premium"


class CompanySettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Stored as JSON with the company; a missing field has its default, so old rows stay readable.

    Amounts in pesos, times in the unit their name says.
    """

    treatment: Literal["tu", "usted"] = "tu"
    delivers: bool = True
    picks_up: bool = True
    delivery_fee: Decimal = Decimal("0.00")
    minimum_order: Decimal = Decimal("0.00")
    reminder_minutes: int = 30
    session_hours: int = 24
    human_return_hours: int = 4
    unanswered_handoff_minutes: int = 30
    address: str = ""
    # In the shop's own words, for customers; `hours` is what is reckoned with. None: not told, no slot is promised.
    opening_hours: str = ""
    hours: WeeklyHours | None = None
    closures: tuple[Closure, ...] = ()
    holidays_closed: bool = False
    slot_minutes: int = 120
    lead_minutes: int = 60
    same_day_cutoff: WallTime | None = None
    # Ask a new customer where to before what, so that no order is put together that cannot be delivered.
    address_first: bool = False
    # Orders in one slot at the most; None: as many as come.
    slot_capacity: int | None = None
    # Up to which status customers change or cancel an order themselves.
    changes_until: Literal["pending", "processing"] = "processing"
    # Of which statuses a customer is told: each is a message that is paid for, two an order at the most.
    told_statuses: tuple[ToldStatus, ...] = ("shipped", "ready_for_pickup", "cancelled")
    # What it weighed may differ so much from the total agreed on without being asked about.
    weight_tolerance_percent: int = 10
    # So long a customer is waited for who is asked about their order.
    answer_minutes: int = 15
    # Whether customers are told that an order is late, before they ask (never by a shop that moves no order on).
    tells_late: bool = True
    # An order without a promised time is late so long after it was confirmed.
    late_after_minutes: int = 90
    # How customers may pay; the first is taken where nothing is said.
    payment_methods: tuple[PayMethod, ...] = ("cash", "card_at_door", "transfer")
    # Where a transfer goes, as customers read it. Without CLABE and account a person gives them the data.
    transfer_bank: str = ""
    transfer_clabe: str = ""
    transfer_account: str = ""
    transfer_holder: str = ""
    # How the order was is asked so long after it was delivered.
    survey: bool = True
    survey_minutes: int = 60
    # An https address or `media:…` shown with the active campaign; "" for words only.
    campaign_picture: str = ""
    # The company's own catalog at Meta, kept in step with ours; "" when it has none.
    meta_catalog_id: str = ""

    @property
    def accepted_payments(self) -> tuple[PayMethod, ...]:
        """One at the least: nobody is left without a way to pay."""
        return self.payment_methods or ("cash",)

    @property
    def takes_transfers(self) -> bool:
        """Whether a customer can be told where to."""
        return bool(self.transfer_clabe or self.transfer_account)

    def schedule(self, zone: ZoneInfo) -> Schedule:
        return Schedule(zone, self.hours, self.closures, self.holidays_closed)

    def slots(self, zone: ZoneInfo, at: datetime, days: int = 7) -> tuple[Slot, ...]:
        """What can be promised at `at`; see Schedule.slots."""
        return self.schedule(zone).slots(at, days, self.slot_minutes, self.lead_minutes, self.same_day_cutoff)

    def next_slot(self, zone: ZoneInfo, at: datetime) -> Slot | None:
        return self.schedule(zone).next_slot(at, self.slot_minutes, self.lead_minutes, self.same_day_cutoff)


@dataclass(frozen=True)
class NewCompany:
    """What `company create` needs. Raises Invalid on a bad slug, time zone or empty name."""

    slug: str
    name: str
    business_type: BusinessType
    plan: Plan
    phone_number_id: str
    display_phone: str
    owner_phone: str | None = None
    timezone: str = "America/Mexico_City"
    token: str | None = None
    waba_id: str | None = None
    settings: CompanySettings = field(default_factory=CompanySettings)
    prompt_info: str = ""
    active_campaign: str | None = None

    def __post_init__(self) -> None:
        if not SLUG.match(self.slug):
            raise Invalid("a slug is 2 to 40 of a-z, 0-9 and _, and begins with a letter", code="bad_slug")
        if not self.name.strip():
            raise Invalid("a company needs a name", code="name_missing")
        if self.timezone not in available_timezones():
            raise Invalid(f"unknown time zone {self.timezone}", code="bad_timezone")
        if not self.phone_number_id.strip():
            raise Invalid("a company needs the phone_number_id of its WhatsApp number", code="phone_number_id_missing")
        if self.waba_id is not None and not WABA_ID.fullmatch(self.waba_id):
            raise Invalid("the id of a WhatsApp account is a number of Meta's", code="bad_waba_id")


@dataclass(frozen=True)
class Company:
    id: int
    slug: str
    name: str
    business_type: BusinessType
    plan: Plan
    status: str
    timezone: str
    owner_phone: str | None
    settings: CompanySettings
    version: int
    numbers: tuple["Number", ...] = ()
    # In the shop's own words: payment data, where its branches are … Empty when it told nothing.
    prompt_info: str = ""
    active_campaign: str | None = None

    @property
    def schema(self) -> str:
        return f"company_{self.slug}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Number:
    phone_number_id: str
    display_phone: str
    waba_id: str | None
    throughput: str
    platform_type: str
    has_own_token: bool
