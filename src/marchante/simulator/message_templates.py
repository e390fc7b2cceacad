"""Message templates of the shops' accounts: created, judged, listed, and compared with what a send fills in."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from marchante.simulator.errors import GraphError, invalid
from marchante.simulator.identifiers import new_object_id
from marchante.simulator.journal import Journal
from marchante.simulator.limits.template_definition import VARIABLE, category_of, check_components, check_definition

MOST_TEMPLATES = 250
_TOO_MANY = 2388019
_EDITABLE = {"APPROVED", "REJECTED", "PAUSED"}
_UNUSABLE = {
    "PAUSED": (132015, "is paused due to low quality"),
    "DISABLED": (132016, "is disabled due to low quality"),
}
_SENDABLE = {"APPROVED", "FLAGGED", "REINSTATED"}


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language. `reason` says why it was rejected; NONE if it was not."""

    id: str
    waba_id: str
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = "APPROVED"
    parameter_format: str = "POSITIONAL"
    reason: str = "NONE"
    quality: str = "UNKNOWN"
    created_at: float = 0

    def variables(self, component: str) -> tuple[str, ...]:
        """The names of the {{…}} of its header or body, each once, in their order."""
        texts = (str(part.get("text", "")) for part in self.components if str(part["type"]).upper() == component)
        return tuple(dict.fromkeys(VARIABLE.findall(" ".join(texts))))

    def for_graph(self) -> dict[str, Any]:
        listed = asdict(self)
        for inner in ("waba_id", "reason", "quality", "created_at"):
            del listed[inner]
        listed["quality_score"] = {"score": self.quality, "date": int(self.created_at)}
        if self.status == "REJECTED":
            listed["rejected_reason"] = self.reason
        return listed


class TemplateStore:
    """Templates by account, name and language. Without a wait for the review they are approved at once."""

    def __init__(self, journal: Journal, *, reviewed: bool = False) -> None:
        self._journal = journal
        self._first_status = "PENDING" if reviewed else "APPROVED"
        self._templates: dict[tuple[str, str, str], Template] = {}

    def create(self, waba_id: str, request: dict[str, Any], at: float = 0) -> Template:
        """`at` in unix seconds. Raises GraphError for a missing or malformed field, a name in use and the 251st one."""
        check_definition(request)
        name, language = str(request["name"]), str(request["language"])
        if (waba_id, name, language) in self._templates:
            raise GraphError(100, f"There is already {language} content for the template {name}", subcode=2388024)
        if len(self.of_account(waba_id)) >= MOST_TEMPLATES:
            raise GraphError(100, f"Message template limit of {MOST_TEMPLATES} exceeded", subcode=_TOO_MANY)
        template = Template(
            id=new_object_id(),
            waba_id=waba_id,
            name=name,
            language=language,
            category=category_of(request),
            components=list(request["components"]),
            status=self._first_status,
            parameter_format=str(request.get("parameter_format", "POSITIONAL")).upper(),
            created_at=at,
        )
        self.keep(template)
        return template

    def edit(self, template: Template, request: dict[str, Any]) -> Template:
        """Change the components or the category; the template is judged again. Raises GraphError as `create` does."""
        if template.status not in _EDITABLE:
            raise GraphError(100, f"A template that is {template.status} cannot be edited", subcode=2593002)
        if "components" in request:
            check_components(request["components"])
        return self.update(
            template,
            components=list(request.get("components", template.components)),
            category=str(request.get("category", template.category)).upper(),
            status=self._first_status,
        )

    def update(self, template: Template, **changes: Any) -> Template:
        changed = replace(template, **changes)
        self.keep(changed)
        return changed

    def delete(self, waba_id: str, *, name: str | None, template_id: str | None) -> list[Template]:
        """Delete all languages of a name, or the one with this id. Raises GraphError 100 when there is none."""
        found = [
            template
            for template in self.of_account(waba_id)
            if name in {None, template.name} and template_id in {None, template.id}
        ]
        if (name is None and template_id is None) or not found:
            raise GraphError(100, "Message template not found", subcode=2593002)
        for template in found:
            self.forget(template.waba_id, template.name, template.language)
            self._journal.write(
                "template_deleted",
                {"waba_id": template.waba_id, "name": template.name, "language": template.language},
            )
        return found

    def keep(self, template: Template) -> None:
        self._templates[template.waba_id, template.name, template.language] = template
        self._journal.write("template", asdict(template))

    def forget(self, waba_id: str, name: str, language: str) -> None:
        self._templates.pop((waba_id, name, language), None)

    def of_account(self, waba_id: str) -> list[Template]:
        return [template for template in self._templates.values() if template.waba_id == waba_id]

    def all(self) -> list[Template]:
        return list(self._templates.values())

    def by_id(self, template_id: str) -> Template | None:
        return next((template for template in self._templates.values() if template.id == template_id), None)

    def check(self, waba_id: str, sent: dict[str, Any], *, strict: bool) -> Template | None:
        """Compare a send with the template it names and return that.

        Accounts without any template accept all names (None) unless `strict`. Raises GraphError 132001 for an unknown
        name or language, 132015/132016 for one that is paused or disabled, 132000 for the wrong number of parameters,
        132012 for one that is not named as the template names it.
        """
        if not strict and not self.of_account(waba_id):
            return None
        name, language = str(sent["name"]), str(sent["language"]["code"])
        template = self._templates.get((waba_id, name, language))
        if template is not None and template.status in _UNUSABLE:
            code, why = _UNUSABLE[template.status]
            raise GraphError(code, f"template name ({name}) {why}")
        if template is None or template.status not in _SENDABLE:
            raise GraphError(132001, f"template name ({name}) does not exist in {language}")
        for component in ("HEADER", "BODY"):
            _compare(template, component, list(_parameters(sent, component)))
        return template


def checked_status(status: str) -> str:
    """A status a template can have. Raises GraphError 131009."""
    known = {*_SENDABLE, *_UNUSABLE, "PENDING", "REJECTED", "IN_APPEAL", "LIMIT_EXCEEDED", "LOCKED", "ARCHIVED"}
    if status not in known:
        raise invalid("status", f"must be one of {', '.join(sorted(known))}")
    return status


def _parameters(sent: dict[str, Any], component: str) -> Iterator[dict[str, Any]]:
    for part in sent.get("components", []):
        if part["type"].upper() == component:
            yield from part.get("parameters", [])


def _compare(template: Template, component: str, given: list[dict[str, Any]]) -> None:
    expected = template.variables(component)
    files = component == "HEADER" and any(parameter["type"] != "text" for parameter in given)
    if files:
        return
    if len(given) != len(expected):
        raise GraphError(
            132000,
            f"{component.lower()}: number of localizable_params ({len(given)}) does not match the expected number of "
            f"params ({len(expected)})",
        )
    names = tuple(parameter.get("parameter_name") for parameter in given)
    if template.parameter_format == "NAMED" and set(names) != set(expected):
        raise GraphError(
            132012, f"{component.lower()}: Parameter name is missing or empty, or is not one of the template"
        )
