"""What a simulator is told at start: the shops' numbers, the customers and how Meta behaves today."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

Throughput = Literal["STANDARD", "HIGH"]
MexicanForm = Literal["521", "52", "as_sent"]
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SimulatedNumber:
    """A shop's business number. `tokens` are the access tokens the Graph API accepts for it; none means none."""

    phone_number_id: str
    waba_id: str
    display_phone: str
    verified_name: str
    tokens: tuple[str, ...] = field(repr=False)
    throughput: Throughput = "STANDARD"
    platform_type: str = "CLOUD_API"
    is_on_biz_app: bool = False
    payment_method: bool = True

    @property
    def display_digits(self) -> str:
        """The display phone as webhooks write it: digits only."""
        return "".join(character for character in self.display_phone if character.isdigit())

    @property
    def messages_per_second(self) -> int:
        """Meta's throughput of the number, incoming and outgoing together."""
        if self.is_on_biz_app or self.platform_type == "COEXISTENCE":
            return 20
        return 1000 if self.throughput == "HIGH" else 80


@dataclass(frozen=True, slots=True)
class SimulatedCustomer:
    """A person with WhatsApp. With `hides_phone` (a username user) webhooks carry only the business-scoped user id."""

    wa_id: str
    name: str
    user_id: str | None = None
    username: str | None = None
    hides_phone: bool = False

    def __post_init__(self) -> None:
        if self.hides_phone and self.user_id is None:
            raise ValueError("a customer who hides the phone needs a user_id")


@dataclass(frozen=True, slots=True)
class StatusDelays:
    """Seconds before each status. `read` None: a message is read only when the phone page shows it."""

    sent: float = 0.05
    delivered: float = 0.2
    read: float | None = None


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How webhooks that were not answered 200 come back: base * factor**n seconds, never more than `maximum`."""

    base_seconds: float = 1.0
    factor: float = 2.0
    maximum_seconds: float = 300.0
    horizon: timedelta = timedelta(days=7)
    timeout_seconds: float = 10.0

    def wait_after(self, attempts: int) -> float:
        """Seconds to wait after the attempt number `attempts` (1 = the first) failed."""
        exponent = min(attempts - 1, 60)
        return float(min(self.maximum_seconds, self.base_seconds * self.factor**exponent))


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """Everything a simulator needs.

    `journal` is the file that keeps the chats between two starts. `public_url` is how others reach the simulator
    (media links); empty means the address it was served on. `allowed_recipients` holds digits as a test number's
    allow-list stores them (compared literally, so 52… and 521… differ). `mexican_form` is the form of wa_id given to
    Mexican mobiles nobody registered here. Templates are approved at once, or after `template_review_seconds`.
    `app_id` is the app of the tokens. `free_service_messages` is per number and calendar month of `timezone`; what
    nobody pays for fails, or with `unpaid_stays_sent` gets no status after `sent`. `seed` is that of the faults left to
    chance. With `fetch_links` the files a send names by an address are fetched, and their absence told by a status.
    """

    webhook_url: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    numbers: tuple[SimulatedNumber, ...] = ()
    customers: tuple[SimulatedCustomer, ...] = ()
    journal: Path | None = None
    public_url: str = ""
    delays: StatusDelays = StatusDelays()
    retry: RetryPolicy = RetryPolicy()
    pacing: bool = True
    enforce_window: bool = True
    strict_recipients: bool = False
    strict_templates: bool = False
    template_review_seconds: float = 0
    allowed_recipients: frozenset[str] | None = None
    mexican_form: MexicanForm = "521"
    prepends_country_code: bool = False
    free_service_messages: int = 1000
    timezone: str = "America/Mexico_City"
    escape_slashes: bool = False
    app_id: str = "1"
    unpaid_stays_sent: bool = False
    fetch_links: bool = False
    seed: int = 0
