"""The last order with changes, in one text: "lo de siempre pero con 3 kilos de jitomate"."""

from marchante.conversations.flows import repeat_order
from marchante.conversations.intents import take_order
from marchante.conversations.scene import Outcome, Scene
from marchante.conversations.wishes import with_wishes


def read_wish(scene: Scene, text: str) -> Outcome | None:
    """The last order with what is said of it besides; None: nothing is."""
    again = repeat_order.begun_again(scene, text)
    if again is None:
        return None
    read = again.scene.understand(again.besides)
    wished = with_wishes(again.scene.session, scene.view, read, again.besides, scene.at)
    if not (read.items or read.ambiguous or read.unknown) and wished == again.scene.session:
        return None
    read = repeat_order.in_place(read, again.scene, again.besides)
    return take_order(again.scene, read, again.besides, led_by=again.told)
