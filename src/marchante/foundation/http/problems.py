"""Refusals as problem documents (RFC 9457) with a stable `code`. An unexpected error never shows its text."""

from collections.abc import Mapping

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from marchante.foundation.kernel.errors import AppError, Conflict, Denied, Invalid, NotFound, Transient

log = structlog.get_logger(__name__)

_STATUS: Mapping[type[AppError], int] = {Invalid: 400, Denied: 403, NotFound: 404, Conflict: 409, Transient: 503}
_CODES = {401: "unauthenticated", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}


def problem(status: int, code: str, detail: str, **more: object) -> JSONResponse:
    document = {"type": f"urn:marchante:problem:{code}", "status": status, "code": code, "detail": detail, **more}
    return JSONResponse(document, status, media_type="application/problem+json")


def status_of(error: AppError) -> int:
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def install(app: FastAPI) -> None:
    """Translate every error that leaves a router."""
    app.add_exception_handler(AppError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(Exception, _unexpected)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    status = status_of(error)
    response = problem(status, error.code, error.message, **({"data": error.data} if error.data else {}))
    if isinstance(error, Transient):
        response.headers["Retry-After"] = "5"
    return response


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, f"http_{error.status_code}")
    response = problem(error.status_code, code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = [{"at": ".".join(map(str, fault["loc"])), "problem": fault["msg"]} for fault in error.errors()]
    return problem(422, "malformed_request", "the request does not have the documented shape", errors=places)


async def _unexpected(_request: Request, error: Exception) -> Response:
    log.error("http.unexpected_error", exc_info=error)
    return problem(500, "internal_error", "something failed on our side; it was recorded")
