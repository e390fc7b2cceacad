"""Meta judging templates: statuses that change by themselves or by order of a test, each told by webhook."""

import asyncio
from typing import Any

from marchante.simulator.config import Clock, SimulatorConfig
from marchante.simulator.delivery import WebhookDelivery
from marchante.simulator.message_templates import Template, TemplateStore
from marchante.simulator.payloads import account_webhook


class TemplateReviews:
    """Approves what was created after the wait of the configuration; a test can decide otherwise before or later."""

    def __init__(
        self, config: SimulatorConfig, templates: TemplateStore, delivery: WebhookDelivery, clock: Clock
    ) -> None:
        self._wait_seconds = config.template_review_seconds
        self._templates = templates
        self._delivery = delivery
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, template: Template) -> None:
        if template.status == "APPROVED":
            self._tell_status(template)
            return
        task = asyncio.create_task(self._approve_later(template.id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def resume_all(self) -> None:
        """Take up the reviews an earlier run left open."""
        for template in self._templates.all():
            if template.status == "PENDING":
                self.begin(template)

    def decide(self, template: Template, status: str, reason: str = "NONE") -> None:
        self._tell_status(self._templates.update(template, status=status, reason=reason))

    def move_to_category(self, template: Template, category: str) -> None:
        """Meta finds that a template is of another category, which costs another price."""
        moved = self._templates.update(template, category=category)
        change = {"previous_category": template.category, "new_category": category}
        self._post(moved, "template_category_update", change)

    def rate(self, template: Template, quality: str) -> None:
        """GREEN, YELLOW, RED or UNKNOWN."""
        rated = self._templates.update(template, quality=quality)
        change = {"previous_quality_score": template.quality, "new_quality_score": quality}
        self._post(rated, "message_template_quality_update", change)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _approve_later(self, template_id: str) -> None:
        await asyncio.sleep(self._wait_seconds)
        template = self._templates.by_id(template_id)
        if template is not None and template.status == "PENDING":
            self.decide(template, "APPROVED")

    def _tell_status(self, template: Template) -> None:
        news: dict[str, Any] = {"event": template.status, "reason": template.reason}
        news["message_template_category"] = template.category
        if template.status == "PAUSED":
            news["other_info"] = {"title": "FIRST_PAUSE", "description": "Paused for 3 hours for its low quality."}
        self._post(template, "message_template_status_update", news)

    def _post(self, template: Template, field: str, news: dict[str, Any]) -> None:
        which = {
            "message_template_id": int(template.id),
            "message_template_name": template.name,
            "message_template_language": template.language,
        }
        self._delivery.post(account_webhook(template.waba_id, field, {**which, **news}, self._clock().timestamp()))
