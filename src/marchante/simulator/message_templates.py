"""Message templates of the shops' accounts: created, listed, and compared with what a send fills in."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from marchante.simulator.errors import GraphError, invalid, missing
from marchante.simulator.identifiers import new_object_id
from marchante.simulator.journal import Journal

_NAME = re.compile(r"[a-z0-9_]{1,512}")
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CATEGORIES = ("MARKETING", "UTILITY", "AUTHENTICATION")


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language. `body_variables` counts the {{…}} of its body."""

    id: str
    waba_id: str
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = "APPROVED"

    @property
    def body_variables(self) -> int:
        text = " ".join(str(part.get("text", "")) for part in self.components if part.get("type") == "BODY")
        return len(set(_PLACEHOLDER.findall(text)))

    def for_graph(self) -> dict[str, Any]:
        listed = asdict(self)
        del listed["waba_id"]
        return listed


class TemplateStore:
    """Templates by account, name and language; everything is approved at once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._templates: dict[tuple[str, str, str], Template] = {}

    def create(self, waba_id: str, request: dict[str, Any]) -> Template:
        """Raises GraphError for a missing or malformed field."""
        for key in ("name", "language", "category", "components"):
            if not request.get(key):
                raise missing(key)
        name, category = str(request["name"]), str(request["category"]).upper()
        if _NAME.fullmatch(name) is None:
            raise invalid("name", "may only hold lower-case letters, digits and underscores, 512 at most")
        if category not in _CATEGORIES:
            raise invalid("category", f"must be one of {', '.join(_CATEGORIES)}")
        template = Template(
            id=new_object_id(),
            waba_id=waba_id,
            name=name,
            language=str(request["language"]),
            category=category,
            components=list(request["components"]),
        )
        self.keep(template)
        return template

    def keep(self, template: Template) -> None:
        self._templates[template.waba_id, template.name, template.language] = template
        self._journal.write("template", asdict(template))

    def of_account(self, waba_id: str) -> list[Template]:
        return [template for template in self._templates.values() if template.waba_id == waba_id]

    def check(self, waba_id: str, sent: dict[str, Any], *, strict: bool) -> Template | None:
        """Compare a send with the template it names and return that.

        Accounts without any template accept all names (None) unless `strict`. Raises GraphError 132001 for an unknown
        name or language, 132000 for the wrong number of body parameters.
        """
        if not strict and not self.of_account(waba_id):
            return None
        name, language = str(sent["name"]), str(sent["language"]["code"])
        template = self._templates.get((waba_id, name, language))
        if template is None:
            raise GraphError(132001, f"template name ({name}) does not exist in {language}")
        given = sum(len(part.get("parameters", [])) for part in sent.get("components", []) if part["type"] == "body")
        if given != template.body_variables:
            raise GraphError(
                132000,
                f"body: number of localizable_params ({given}) does not match the expected number of params "
                f"({template.body_variables})",
            )
        return template
