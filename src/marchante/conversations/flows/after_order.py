"""What people write while an order is under way or was just brought: when it comes, what it costs, what was missing."""

import re
from datetime import timedelta

from marchante.catalog.words import plain
from marchante.conversations.cart import lines
from marchante.conversations.flows.human_service import call_person
from marchante.conversations.flows.order_status import tell_status
from marchante.conversations.replies.es import people, placed
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.words import bare
from marchante.orders.domain import Order, OrderStatus

JUST_DELIVERED = timedelta(hours=48)
_BEFORE = r"^(?:y |oye |oiga |disculpa |disculpe |hola |buenas |joven |amigo |amiga |entonces |pero |que )*"
_WHEN = re.compile(
    _BEFORE + r"(?:ya (?:mero|mero llega|merito|casi|viene|vienen|salio|lo mandaron|esta listo|estara|va a llegar)"
    r"|(?:cuanto|mucho) (?:le )?(?:falta|tarda|se tarda|tardan|se tardan|demora)"
    r"|(?:falta|tarda|se tarda|tardan) mucho|cuanto tiempo|a que hora (?:llega|viene|estara|esta)|como va(?:mos| todo)?"
    r"|(?:aun|todavia|sigue sin|no) (?:no )?(?:ha |han |me )*(?:llega\w*|pasa\w*|viene\w*|traen)|sigo esperando)\b"
)
_TOTAL = re.compile(
    _BEFORE + r"cuanto (?:va a ser|van a ser|es|seria|sera|fue|sale|quedo|queda|debo|te debo|le debo|voy a pagar|pago|"
    r"tengo que pagar|hay que pagar|te pago|le pago)"
    r"(?: al final| de todo| en total| por todo| todo| el total| mi pedido| del pedido)*$"
)
_ARRIVED = re.compile(_BEFORE + r"(?:si )?(?:ya )?(?:me |nos )?(?:llego|llegaron|lo recibi|lo tengo|esta aqui)\b")
_LACKING = re.compile(
    _BEFORE + r"(?:me |nos )?(?:falto|faltaron|falta|faltan)\b"
    r"|\bno (?:me |nos )?(?:trajeron|mandaron|llego|venia|venian|vino)\b"
)


def read(scene: Scene, text: str) -> Outcome | None:
    """None: it is not about an order on its way, or another one is being put together."""
    order = current(scene)
    if order is None or lines(scene.session, scene.view):
        return None
    said = plain(text)
    if _TOTAL.match(bare(text)):
        return tell_status(scene)
    if order.status is OrderStatus.DELIVERED:
        return _complaint(scene, order, text) if _LACKING.search(said) or _not_here(said) else None
    if _WHEN.match(said):
        return tell_status(scene)
    if _ARRIVED.match(said) and order.status is OrderStatus.SHIPPED:
        return Outcome(scene.session, (placed.arrived(scene.view.settings.treatment),), asks=None)
    return None


def current(scene: Scene) -> Order | None:
    """The newest order that is under way; else the one brought last, if that was a short time ago."""
    orders = scene.view.last_orders
    under_way = next((order for order in orders if order.is_open), None)
    return under_way or next((order for order in orders if _just_delivered(order, scene)), None)


def _just_delivered(order: Order, scene: Scene) -> bool:
    moved = order.updated_at or order.created_at
    return order.status is OrderStatus.DELIVERED and scene.view.now - moved < JUST_DELIVERED


def _not_here(said: str) -> bool:
    """Of an order the shop says was brought."""
    return re.search(r"\bno (?:me |nos )?(?:ha |han )?(?:llega|entrega)\w*", said) is not None


def complain(scene: Scene, text: str) -> Outcome:
    """A complaint, with the order it is most likely about."""
    order = current(scene)
    return call_person(scene, f"complaint: {text}", _sorry(scene)) if order is None else _complaint(scene, order, text)


def _complaint(scene: Scene, order: Order, text: str) -> Outcome:
    return call_person(scene, f"complaint about {order.folio} ({order.status.value}): {text}", _sorry(scene))


def _sorry(scene: Scene) -> str:
    return people.sorry_for_complaint(scene.view.settings.treatment)
