"""What is chosen inside a product: required groups are asked, extras are taken from what is typed."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from marchante.catalog.options import Option, OptionGroup
from marchante.conversations import cart, options
from marchante.conversations.actions import ChooseOption, FinishChoice, ShowOptions
from marchante.conversations.amounts import fit_quantity, is_correction, read_amount
from marchante.conversations.effects import Reply
from marchante.conversations.flows.browsing import ask_category, browse
from marchante.conversations.options import Chosen
from marchante.conversations.ordering import ask, go_on, open_choice
from marchante.conversations.prompts import listing, paged_rows, row
from marchante.conversations.replies.es import fillings as words
from marchante.conversations.replies.es import ordering, titles
from marchante.conversations.scene import Handlers, Outcome, Scene
from marchante.conversations.state import CartItem, Question
from marchante.conversations.table import State, StateName
from marchante.conversations.wanting import Part, another_of, parts_of
from marchante.conversations.words import is_enough, is_no, is_note, is_yes


def _offered(scene: Scene, line: cart.Line, group: OptionGroup) -> list[Option]:
    return [
        option
        for option in options.on_offer(group, scene.view.sold_out)
        if (group.name, option.name) not in line.item.options
    ]


def _ask(scene: Scene) -> Reply:
    asked = open_choice(scene.session, scene.view)
    if asked is None:
        return ask_category(scene)
    _, line, group = asked
    version, enough = scene.session.cart_version, options.count_in(group, line.item.options) >= group.min_choices
    rows = paged_rows(
        _offered(scene, line, group),
        scene.session.question.page,
        lambda option: row(option.name, ChooseOption(version, option.id), words.price_delta(option.price_delta)),
        lambda page: ShowOptions(version, page),
        last=(row(titles.ENOUGH, FinishChoice(version)),) if enough else (),
    )
    treatment = scene.view.settings.treatment
    extras = words.offer_extras(
        [words.with_price(each.name, each.price_delta) for each in _extras(scene, line)], treatment
    )
    body = words.ask_option(line.name, group.name, options.most_of(group), extras, treatment)
    return Reply(prompt=listing(body, titles.OPEN_LIST, rows))


def _extras(scene: Scene, line: cart.Line) -> list[Option]:
    """What could still be added to a line without being asked for."""
    return [
        option
        for group in line.product.groups
        if not group.min_choices and options.count_in(group, line.item.options) < group.max_choices
        for option in _offered(scene, line, group)
    ]


def _choose(scene: Scene, chosen: tuple[Chosen, ...]) -> Outcome:
    """The line asked about with these options; on with the next thing that is not known."""
    asked = open_choice(scene.session, scene.view)
    if asked is None:
        return Outcome(go_on(scene.session, scene.view))
    place, line, _ = asked
    session = cart.choose(
        scene.session, place, line.product, options.with_chosen(line.product, line.item.options, chosen)
    )
    return Outcome(go_on(ask(session, _about(scene.session.question, line.product.id, place)), scene.view))


def _about(question: Question, product_id: int, place: int) -> Question:
    return Question(product_id=product_id, place=place, unclear=question.unclear)


def _tapped(scene: Scene, action: ChooseOption) -> Outcome:
    asked = open_choice(scene.session, scene.view)
    group = asked[2] if asked else None
    names = [option.name for option in group.options if option.id == action.option_id] if group else []
    return _choose(scene, tuple((group.name, name) for name in names) if group else ())


def _finish(scene: Scene) -> Outcome:
    """No more of what may, but need not, be chosen."""
    question = msgspec.structs.replace(scene.session.question, place=None, page=0)
    return Outcome(go_on(ask(scene.session, question), scene.view))


def _turn_to(scene: Scene, page: int) -> Outcome:
    question = msgspec.structs.replace(scene.session.question, page=page)
    return Outcome(go_on(ask(scene.session, question), scene.view))


def drop(scene: Scene) -> Outcome:
    """The product asked about is not wanted after all."""
    asked = open_choice(scene.session, scene.view)
    if asked is None:
        return browse(scene)
    _, line, group = asked
    if options.count_in(group, line.item.options) >= group.min_choices:
        return _finish(scene)
    session = ask(cart.without_lines(scene.session, [line.item]), Question(unclear=scene.session.question.unclear))
    told = (ordering.removed([line.name]),)
    if not cart.lines(session, scene.view) and not session.question.unclear:
        return browse(scene.at_session(session)).after(*told)
    return Outcome(go_on(session, scene.view), told)


def read_choice(scene: Scene, text: str) -> Outcome | None:
    """What was chosen of the product asked about; several of it with different fillings; or that it is not wanted."""
    asked = open_choice(scene.session, scene.view)
    if asked is None:
        return None
    place, line, group = asked
    parts = parts_of(line.product, line.item.quantity, text, scene.view)
    if parts:
        return _part(scene, line.item, parts)
    said = options.named(line.product, text, scene.view.sold_out)
    if said and not _orders_another(scene, text):
        return _choose(scene, said)
    if (is_enough(text) or is_yes(text)) and options.count_in(group, line.item.options) >= group.min_choices:
        return _finish(scene)
    amount = read_amount(text) if is_correction(text) else None
    if amount is not None and amount.kind == "quantity":
        return _set_quantity(scene, line, place, amount.value)
    if is_no(text):
        return drop(scene)
    if is_note(text):
        noted = msgspec.structs.replace(line.item, note=cart.both_notes(line.item.note, " ".join(text.split())))
        items = [noted if number == place else each for number, each in enumerate(scene.session.cart)]
        return Outcome(go_on(cart.changed(scene.session, cart=items), scene.view))
    return None


def _set_quantity(scene: Scene, line: cart.Line, place: int, quantity: Decimal) -> Outcome | None:
    """How many, said while it is being asked of what."""
    wanted = fit_quantity(line.product, quantity).quantity
    if wanted is None:
        return None
    changed = msgspec.structs.replace(line.item, quantity=wanted)
    items = [changed if number == place else each for number, each in enumerate(scene.session.cart)]
    return Outcome(
        go_on(cart.changed(scene.session, cart=items), scene.view),
        (ordering.counted(line.name, wanted, line.product.unit),),
    )


def _part(scene: Scene, item: CartItem, parts: Sequence[Part]) -> Outcome:
    """As in "2 de tinga y una de hongos": one line becomes several."""
    session = cart.without_lines(scene.session, [item])
    for quantity, chosen in parts:
        session = cart.add(session, msgspec.structs.replace(item, quantity=quantity, options=chosen))
    question = Question(product_id=item.product_id, unclear=session.question.unclear)
    return Outcome(go_on(ask(session, question), scene.view))


def _orders_another(scene: Scene, text: str) -> bool:
    """Whether the text names a product of its own: "y una quesadilla de hongos"."""
    read = scene.understand(text)
    return bool(read.items or read.ambiguous)


def add_extras(scene: Scene, text: str) -> Outcome | None:
    """Extras typed for a line that is complete: the last one put in, else the only one that has them. "Sin queso" takes
    a chosen one out again; "y otra de hongos" is one more of the product.
    """
    session, view = scene.session, scene.view
    found = [
        (line, said, unwanted)
        for line in cart.lines(session, view)
        for said in [options.named(line.product, text, view.sold_out)]
        for unwanted in [set(options.refused(line.product, text)) & set(line.item.options)]
        if said or unwanted
    ]
    last = [each for each in found if each[0].product.id == session.question.product_id]
    meant = last[-1:] or (found if len(found) == 1 else [])
    if not meant:
        return None
    line, said, unwanted = meant[0]
    more = another_of(text)
    if more is not None and said:
        wanted = fit_quantity(line.product, more).quantity
        changed = cart.add(session, CartItem(line.product.id, wanted, options=said)) if wanted else session
    else:
        kept = [choice for choice in line.item.options if choice not in unwanted]
        chosen = options.with_chosen(line.product, kept, said)
        changed = cart.choose(session, session.cart.index(line.item), line.product, chosen)
    if changed == session:
        return None
    question = Question(product_id=line.product.id, unclear=session.question.unclear)
    return Outcome(go_on(ask(changed, question), view))


STATES = (
    State(
        StateName.CHOOSE_OPTION,
        "order",
        _ask,
        back=StateName.BROWSE_CATEGORIES,
        exits=(
            StateName.CHOOSE_OPTION,
            StateName.CHOOSE_PRODUCT,
            StateName.CHOOSE_QUANTITY,
            StateName.BROWSE_CATEGORIES,
            StateName.BROWSE_PRODUCTS,
            StateName.GIVE_ADDRESS,
            StateName.RECHECK_COVERAGE,
            StateName.GIVE_STREET,
            StateName.SUMMARY,
        ),
        read=read_choice,
    ),
)
HANDLERS: Handlers = {
    ChooseOption: _tapped,
    ShowOptions: lambda scene, action: _turn_to(scene, action.page),
    FinishChoice: lambda scene, _: _finish(scene),
}
