"""/ in development: the shops, and where to chat with them."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from marchante.companies.service import Companies

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)


class StartPage:
    def __init__(self, companies: Companies, phone_url: str | None) -> None:
        self._companies = companies
        self._phone_url = phone_url

    def routes(self) -> list[Route]:
        return [Route("/", self.show, include_in_schema=False)]

    async def show(self, _request: Request) -> Response:
        companies = await self._companies.list()
        page = _TEMPLATES.get_template("start.html").render(companies=companies, phone_url=self._phone_url)
        return HTMLResponse(page)
