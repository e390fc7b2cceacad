"""Refusals in the shape the Graph API gives them, at once (`GraphError`) or later in a `failed` status."""

from typing import Any

from marchante.simulator.identifiers import new_trace_id

TITLES: dict[int, str] = {
    0: "AuthException",
    1: "API Unknown",
    2: "API Service",
    3: "API Method",
    4: "API Too Many Calls",
    10: "API Permission",
    17: "API User Too Many Calls",
    33: "Parameter value is not valid",
    100: "Invalid parameter",
    190: "Access token has expired",
    200: "API Permission",
    341: "Application limit reached",
    368: "Temporarily blocked for policies violations",
    613: "Calls to this api have exceeded the rate limit",
    80007: "Rate limit issues",
    130403: "Business has blocked this user",
    130429: "Rate limit hit",
    130472: "User's number is part of an experiment",
    130497: "Business account is restricted from messaging users in this country",
    131000: "Something went wrong",
    131005: "Access denied",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Business account has been locked",
    131036: "Message failed on the device",
    131037: "Phone number does not have an approved display name",
    131042: "Business eligibility payment issue",
    131044: "Business eligibility payment issue",
    131045: "Incorrect certificate",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131049: "Message not delivered to maintain healthy ecosystem engagement",
    131050: "User has stopped marketing messages",
    131051: "Message type is currently not supported",
    131052: "Media download error",
    131053: "Media upload error",
    131055: "Method not allowed",
    131056: "Pair rate limit hit",
    131057: "Account in maintenance mode",
    131059: "Paging cursor is not valid",
    131060: "Message unavailable",
    131062: "Business-scoped user id recipients are not supported for this message",
    131063: "Marketing messages are not enabled on Cloud API",
    131064: "Messaging limit reduced for misclassified templates",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132005: "Template hydrated text too long",
    132007: "Template format character policy violated",
    132008: "Template parameter value is not valid",
    132012: "Template parameter format mismatch",
    132015: "Template is paused",
    132016: "Template is disabled",
    132018: "Template parameters are not valid",
    132068: "Flow is blocked",
    132069: "Flow is throttled",
    133000: "Incomplete deregistration",
    133004: "Server temporarily unavailable",
    133005: "Two-step verification PIN mismatch",
    133006: "Phone number re-verification needed",
    133008: "Too many two-step verification PIN guesses",
    133009: "Two-step verification PIN guessed too fast",
    133010: "Phone number not registered",
    133015: "Please wait a few minutes before attempting to register this phone number",
    133016: "Account registration limit exceeded",
    134011: "Payments terms of service not accepted",
    135000: "Generic user error",
    137000: "Identity key hash mismatch",
    139000: "Flows error",
    139100: "Block list error",
    2388019: "Message template limit exceeded",
    2388040: "Message template character limit exceeded",
    2388299: "Message template leading or trailing parameters",
    2494100: "Number is in maintenance mode",
}
_HTTP_STATUS: dict[int, int] = {
    0: 401, 2: 503, 3: 500, 10: 403, 190: 401, 368: 403, 130497: 403, 131000: 500, 131005: 403, 131016: 500,
    131031: 403, 131045: 500, 131057: 500, 132001: 404, 133000: 500, 133004: 503,
}  # fmt: skip
_PERMISSION_CODES = range(200, 300)
_ERROR_REFERENCE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


def title_of(code: int) -> str:
    return TITLES.get(code, "Generic user error")


def http_status_of(code: int) -> int:
    if code in _PERMISSION_CODES:
        return 403
    return _HTTP_STATUS.get(code, 400)


class GraphError(Exception):
    """A request Meta would refuse. `details` names the parameter where there is one."""

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        message: str | None = None,
        subcode: int | None = None,
        http_status: int | None = None,
        kind: str = "OAuthException",
    ) -> None:
        self.code = code
        self.details = details
        self.message = message if message is not None else f"(#{code}) {title_of(code)}"
        self.subcode = subcode
        self.http_status = http_status if http_status is not None else http_status_of(code)
        self.kind = kind
        super().__init__(f"{self.message} {details}".strip())

    def body(self) -> dict[str, Any]:
        """The JSON of the answer: `{"error": {...}}`."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = new_trace_id()
        return {"error": error}


def missing(parameter: str) -> GraphError:
    return GraphError(131008, f"Parameter '{parameter}' is mandatory")


def invalid(parameter: str, why: str) -> GraphError:
    return GraphError(131009, f"Parameter '{parameter}' {why}")


def unexpected(parameter: str, why: str) -> GraphError:
    """What Graph itself (not the WhatsApp product behind it) refuses: unknown keys and values out of an enumeration."""
    return GraphError(100, f"Parameter '{parameter}' {why}")


def unknown_object(object_id: str, method: str = "post") -> GraphError:
    """Meta's single answer to an object that is missing and to one that the token may not see."""
    return GraphError(
        100,
        message=(
            f"Unsupported {method} request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
            "missing permissions, or does not support this operation."
        ),
        subcode=33,
        http_status=400,
        kind="GraphMethodException",
    )


def bad_token() -> GraphError:
    return GraphError(190, message="Invalid OAuth access token - Cannot parse access token")


def asynchronous_error(code: int, details: str = "") -> dict[str, Any]:
    """One item of `statuses[].errors[]`."""
    title = title_of(code)
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details or title},
        "href": _ERROR_REFERENCE,
    }
