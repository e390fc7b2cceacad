"""GET /c/{slug}: the public catalog of a company, and the way from it to the chat."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from marchante.catalog.web.page import ASSETS, render_missing, script, style
from marchante.catalog.web.service import WebCatalogs
from marchante.foundation.kernel.errors import Conflict, NotFound

# Photos may be anywhere on https; everything else is ours. A form that ends at WhatsApp passes wa.me and what it
# forwards to.
_POLICY = (
    "default-src 'none'; img-src 'self' https:; style-src 'self'; script-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self' https://wa.me https://api.whatsapp.com https://web.whatsapp.com "
    "whatsapp:"
)
# A minute for whoever stands between, so that a link shared in a large group costs few visits; prices follow soon.
_CACHE = "public, max-age=60, stale-while-revalidate=300"
# Their address changes with them.
_FOREVER = "public, max-age=31536000, immutable"


class CatalogController:
    def __init__(self, catalogs: WebCatalogs) -> None:
        self._catalogs = catalogs
        self._assets = {"catalog.css": ("text/css", style()), "catalog.js": ("text/javascript", script())}

    def routes(self) -> list[Route]:
        return [
            Route(f"{ASSETS}/{{name}}", self.asset, include_in_schema=False),
            Route("/c/{slug}", self.show, include_in_schema=False),
            Route("/c/{slug}/order", self.order, include_in_schema=False),
        ]

    async def show(self, request: Request) -> Response:
        """The page, or 304 when the visitor has it, or one and the same 404 for all there is not."""
        try:
            page = await self._catalogs.page(request.path_params["slug"])
        except NotFound:
            return _missing()
        compressed = "gzip" in request.headers.get("accept-encoding", "")
        tag = f'"{page.tag}-gz"' if compressed else f'"{page.tag}"'
        headers = {
            "cache-control": _CACHE,
            "content-security-policy": _POLICY,
            "etag": tag,
            "vary": "accept-encoding",
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if compressed:
            return HTMLResponse(page.compressed, headers=headers | {"content-encoding": "gzip"})
        return HTMLResponse(page.html, headers=headers)

    async def order(self, request: Request) -> Response:
        """On to the chat with the order written in it; back to the page when nothing was chosen."""
        slug = request.path_params["slug"]
        try:
            link = await self._catalogs.chat_link(slug, request.query_params.multi_items())
        except NotFound:
            return _missing()
        except Conflict:
            link = f"/c/{slug}"
        return RedirectResponse(link, status_code=303, headers={"cache-control": "no-store"})

    async def asset(self, request: Request) -> Response:
        found = self._assets.get(request.path_params["name"])
        if found is None:
            return _missing()
        media_type, text = found
        return Response(text, media_type=media_type, headers={"cache-control": _FOREVER})


def _missing() -> Response:
    return HTMLResponse(render_missing(), 404, headers={"content-security-policy": _POLICY})
