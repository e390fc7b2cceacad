"""The words every state answers to, as people type them: compared in lower case, without accents or courtesies.

This is vocabulary for reading, not copy: what the bot says is in `replies`.
"""

import re
from decimal import Decimal
from enum import StrEnum

from marchante.catalog.words import plain


class Word(StrEnum):
    MENU = "menu"
    CANCEL = "cancel"
    BACK = "back"
    HELP = "help"
    PERSON = "person"
    CATALOG = "catalog"
    CATALOG_FILE = "catalog_file"
    ORDER = "order"
    STATUS = "status"
    CART = "cart"
    NO_PROMOTIONS = "no_promotions"
    PROMOTIONS = "promotions"


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in listed.split(","))


_SAID: dict[Word, str] = {
    Word.MENU: "menu, menu principal, el menu, inicio, volver al inicio, ir al inicio, ver menu, ver el menu, "
    "ir al menu, volver al menu, regresar al menu, opciones",
    Word.CANCEL: "cancelar, cancela, cancelalo, cancelar pedido, cancelar mi pedido, cancelar el pedido, "
    "cancela mi pedido, cancela el pedido, cancela todo, cancelar todo, olvidalo, ya no quiero nada",
    Word.BACK: "atras, regresar, regresa, volver, vuelve, anterior, para atras, ir atras, volver atras, paso anterior",
    Word.HELP: "ayuda, ayudame, help, necesito ayuda, como funciona, como se usa, no entiendo, no le entiendo, info",
    Word.PERSON: "asesor, asesora, un asesor, una asesora, persona, una persona, humano, un humano, agente, un agente, "
    "operador, operadora, encargado, el encargado, dueno, hablar con alguien, hablar con una persona, "
    "hablar con un asesor, hablar con un humano, quiero hablar con alguien, quiero hablar con una persona, "
    "quiero hablar con un asesor, comuniqueme con un asesor, comunicame con un asesor, comunicame con una persona, "
    "persona real, una persona real, atencion a clientes, quiero un asesor, necesito un asesor",
    Word.CATALOG: "catalogo, ver catalogo, ver el catalogo, productos, ver productos, lista de productos, "
    "que venden, que vendes, que tienen, que tienes, categorias, ver categorias, ver las categorias, otra categoria, "
    "otras categorias, ver otra categoria, ver otras categorias, quiero ver otra categoria",
    Word.CATALOG_FILE: "catalogo completo, el catalogo completo, catalogo en pdf, pdf, el pdf, catalogo pdf, "
    "mandame el catalogo, mandame tu catalogo, manda el catalogo, mandame el pdf, mandame el catalogo completo, "
    "mandame el catalogo en pdf, me mandas el catalogo, me manda el catalogo, mandeme el catalogo, "
    "mandar el catalogo completo, me pasas el catalogo, pasame el catalogo",
    Word.ORDER: "pedir, pedido, un pedido, hacer pedido, hacer un pedido, quiero pedir, quiero hacer un pedido, "
    "ordenar, quiero ordenar, comprar, quiero comprar, nuevo pedido, hacer otro pedido, agregar, agregar mas",
    Word.STATUS: "estado, estatus, status, estado de pedido, estado del pedido, estado de mi pedido, "
    "estatus de mi pedido, donde esta mi pedido, donde viene mi pedido, y mi pedido, rastrear, rastrear pedido",
    Word.CART: "carrito, mi carrito, ver carrito, ver mi carrito, resumen, ver resumen, seguir, seguimos, continuar, "
    "seguir con mi pedido, continuar mi pedido, terminar, terminar pedido, finalizar, finalizar pedido, "
    "es todo, seria todo, nada mas, ya es todo, eso es todo, asi nomas",
    Word.NO_PROMOTIONS: "baja, stop, unsubscribe, dar de baja, darme de baja, dame de baja, deme de baja, "
    "quiero darme de baja, no quiero promociones, ya no quiero promociones, sin promociones, no me manden promociones, "
    "ya no me manden promociones, ya no quiero recibir promociones, no quiero recibir promociones, "
    "ya no me manden publicidad, no quiero publicidad",
    Word.PROMOTIONS: "alta, dar de alta, darme de alta, dame de alta, deme de alta, quiero darme de alta, "
    "si quiero promociones, quiero promociones, quiero recibir promociones",
}
_MEANING = {phrase: word for word, listed in _SAID.items() for phrase in _phrases(listed)}
_YES = _phrases(
    "si, sii, siii, sip, simon, claro, claro que si, ok, okay, okey, oki, va, vale, dale, sale, correcto, bueno, "
    "esta bien, asi esta bien, de acuerdo, adelante, listo, perfecto, confirmar, confirmo, confirmado, si confirmo, "
    "lo confirmo, todo bien, todo correcto, si esta bien, asi mero, andale, por supuesto, si quiero, si claro, "
    "sale y vale, lo quiero, me lo llevo, agregalo, si agregalo, agregamelo, agreguelo, si agreguelo, agreguemelo, "
    "ponlo, ponmelo, si ponmelo, pongalo, pongamelo, si pongamelo, echamelo, damelo, demelo, si por favor"
)
_THAT_ONE = re.compile(
    r"^(?:(?:va|si|ok|okay|sale|dale|bueno|pues|entonces|quiero|dame|deme|ponme|pongame|me das|me da|agregame) )*"
    r"(?:el |la |los |las )?(?:es[eao]s?|est[eao]s?)(?: (?:mero|mera|mismo|misma|esta bien|por favor))*$"
)
_NO = _phrases(
    "no, nop, nel, no gracias, todavia no, aun no, ninguno, ninguna, ninguno de estos, ninguno de esos, ya no, "
    "no quiero, mejor no, negativo"
)
_NOT_THIS = _phrases(
    "ya no la quiero, ya no lo quiero, ya no las quiero, ya no los quiero, no la quiero, no lo quiero, no las quiero, "
    "no los quiero, mejor ya no, dejala, dejalo, dejalas, dejalos"
)
_ANY = _phrases(
    "cualquiera, cualquiera de esas, cualquiera de esos, cual sea, la que sea, el que sea, lo que sea, la que tengas, "
    "el que tengas, la que tenga, el que tenga, la que quieras, el que quieras, la que gustes, el que gustes, "
    "me da igual, es igual, da igual"
)
_ALL = re.compile(
    r"^(?:(?:si|ok|quiero|dame|deme|ponme|pongame|agrega|agregame|agregueme) )*(?:de )?"
    r"(?:las dos|los dos|ambas|ambos|las tres|los tres|todas|todos)$"
)
_ENOUGH = _phrases(
    "listo, lista, ya, asi, asi nada mas, solo eso, solamente eso, nomas, nomas eso, con eso, es todo de eso"
)
_PICKUP = _phrases(
    "recoger, para recoger, recojo, yo recojo, paso a recoger, paso por el, paso por ellos, paso por mi pedido, "
    "yo paso, paso yo, lo recojo, los recojo, recoger en tienda, pasar a recoger, voy por el, voy por ellos, "
    "en tienda, paso a la tienda, pasar por el, mejor paso por el, mejor lo recojo, mejor paso yo, "
    "mejor paso, mejor yo paso, mejor voy, yo voy"
)
_COMES_FOR_IT = re.compile(
    r"^(?:mejor |yo |no |si |pues |entonces |ahi |ok )*"
    r"(?:(?:lo |la |los |las )?(?:recojo|recogere|recogemos)"
    r"(?: (?:yo|mejor|(?:en|a) (?:la |el |su |tu )?(?:tienda|local)))*"
    r"|(?:paso|pasare|pasamos|voy|vamos)(?: yo)? (?:por (?:el|ella|ellos|ellas|mi pedido|mis cosas)"
    r"|a (?:recoger|dejar|traer)(?:lo|la|los|las)?|a (?:la |su |tu )?(?:tienda|local))(?: (?:yo|mejor|en la tienda))*)$"
)
_DELIVERY = _phrases(
    "a domicilio, domicilio, envio, envio a domicilio, entrega a domicilio, entrega, con envio, mejor a domicilio, "
    "traemelo, traiganmelo, me lo traen, mandamelo"
)
_OTHER_TIME = _phrases(
    "otro horario, cambia la hora, cambia el horario, cambiale la hora, cambia la hora de mi pedido, "
    "cambiar horario, cambiar el horario, cambiar hora, cambiar la hora, a otra hora, otra hora, "
    "cambiar la hora de entrega, otro dia, para otro dia, horario de entrega"
)
_SOONEST = _phrases(
    "lo antes posible, cuanto antes, lo mas pronto posible, lo mas rapido posible, en cuanto puedas, en cuanto pueda, "
    "en cuanto puedan, "
    "me urge, urge, es urgente, ahorita, para ahorita, ahorita mismo, lo mas rapido que puedas, ya mismo"
)
_ELSEWHERE = _phrases(
    "otra direccion, a otra direccion, cambia la direccion, cambiale la direccion, cambia la direccion de mi pedido, "
    "cambia mi direccion, cambiar direccion, cambiar la direccion, nueva direccion, otro domicilio, "
    "a otro domicilio, otro lugar, a otro lado"
)
_COURTESIES = _phrases(
    "por favor, porfa, porfavor, porfis, gracias, muchas gracias, pls, plis, hola, oye, oiga, buenas, buenos dias, "
    "buenas tardes, buenas noches, buen dia, disculpa, disculpe, bot"
)


def bare(text: str) -> str:
    """What was said without accents, signs and courtesies at either end: "¡Menú, por favor!" -> "menu"."""
    words = plain(text)
    trimmed = True
    while trimmed:
        trimmed = False
        for courtesy in _COURTESIES:
            if words.startswith(courtesy + " "):
                words, trimmed = words[len(courtesy) + 1 :], True
            if words.endswith(" " + courtesy):
                words, trimmed = words[: -len(courtesy) - 1], True
    return words


def meaning(text: str) -> Word | None:
    """The word of the bot's own that this text is, whole; of several lines the last that is one decides, if the rest
    is only courtesy.
    """
    whole = _MEANING.get(bare(text))
    lines = [bare(line) for line in text.splitlines() if plain(line)]
    if whole or len(lines) < 2:  # noqa: PLR2004 - one line has been looked at
        return whole
    known = [_MEANING.get(line) for line in lines if line not in _COURTESIES]
    return known[-1] if known and all(known) else None


def is_yes(text: str) -> bool:
    return bare(text) in _YES or text.strip() in {"👍", "👍🏻", "👍🏼", "👍🏽", "👍🏾", "✅", "👌", "👌🏼", "👌🏽"}


def is_that_one(text: str) -> bool:
    """What was just shown is wanted: "va, ese", "dame esa"."""
    return _THAT_ONE.match(bare(text)) is not None


def is_no(text: str) -> bool:
    return bare(text) in _NO or text.strip() in {"👎", "❌"}


def is_not_this(text: str) -> bool:
    """What is being asked about is not wanted after all; the rest of the order may be."""
    return is_no(text) or bare(text) in _NOT_THIS


def is_any_of_them(text: str) -> bool:
    """The choice is left to the shop."""
    return bare(text) in _ANY


def is_all_of_them(text: str) -> bool:
    """Of what was offered, each: "las dos", "ponme todas"."""
    return _ALL.match(bare(text)) is not None


def is_enough(text: str) -> bool:
    """Nothing more is to be chosen: "listo", "solo eso"."""
    return bare(text) in _ENOUGH


def is_pickup(text: str) -> bool:
    said = bare(text)
    return said in _PICKUP or _COMES_FOR_IT.match(said) is not None


def is_elsewhere(text: str) -> bool:
    return bare(text).removeprefix("mejor ") in _ELSEWHERE


def is_other_time(text: str) -> bool:
    return bare(text) in _OTHER_TIME


def is_soonest(text: str) -> bool:
    return bare(text) in _SOONEST


def is_delivery(text: str) -> bool:
    return bare(text) in _DELIVERY


_NOTE = re.compile(r"^(?:nota |sin |bien |que (?:este|esten|sea|sean|venga|vengan)\b(?! \d))")
_PAID_WITH = re.compile(
    r"^(?:pago|pagare|voy a pagar|te pago|le pago)? ?con (?:uno |un billete )?(?:de )?\$?(\d{2,5})(?: pesos)?$"
)


_LAST_ORDER = _phrases(
    "mi ultimo pedido, ver mi ultimo pedido, cual fue mi ultimo pedido, que pedi la ultima vez, "
    "que pedi la vez pasada, que fue lo ultimo que pedi, mi pedido anterior"
)


def asks_for_last_order(text: str) -> bool:
    """What was in it is to be shown: it may be ordered again."""
    return bare(text) in _LAST_ORDER


_TAKING_OUT = re.compile(
    r"\b(?:quit|saca|sacal|elimin|borr|cancel)\w*|\b(?:ya )?no (?:me |le |quiero|lleve|pongas)|^sin "
)
_BEGINS_TAKING_OUT = re.compile(r"^(?:mejor |no |y |entonces |pero )*(?:quit|sacal|elimin|borr)\w*\b")
_LOOKED_FOR = re.compile(
    r"^(?:quiero|quisiera|puedo|me|mandame|manda|mandas|ensename|ensenas|muestrame|dame|tienes|tiene|hay|una|la|mas|a|"
    r"por favor| )*\b(?:ver|fotos?|imagen|imagenes|info|informacion|detalles?)"
    r"(?: (?:de|del|sobre|la|el|los|las|una|un|foto|fotos|imagen|detalles|como es))* (?P<what>[a-z].*)$"
)


_WHERE_THE_SHOP_IS = re.compile(
    r"^(?:y |pero )*(?:donde (?:estan|se ubican|quedan|se encuentran)(?: (?:ustedes|ubicad[oa]s|localizad[oa]s))*"
    r"|(?:en )?donde (?:esta|queda|es)(?: ubicad[oa])? (?:la|el|su) (?:tienda|local|negocio|sucursal)(?: ubicad[oa])?"
    r"|en que (?:calle|direccion|colonia|parte) (?:estan|se encuentran|quedan)(?: ustedes)?"
    r"|(?:cual es |me (?:das?|pasan?|pasas|mandan?|mandas) )(?:su|tu|la) (?:direccion|ubicacion|domicilio)"
    r"(?: de (?:la tienda|el local|ustedes))?)$"
)
_WILL_SHARE = re.compile(
    r"^(?:ahorita |ahi |ya |si |ok )*(?:te|le|les) (?:mando|paso|comparto|envio) (?:mi |la )?ubicacion$"
)


def asks_where_the_shop_is(text: str) -> bool:
    return _WHERE_THE_SHOP_IS.match(bare(text)) is not None


def announces_location(text: str) -> bool:
    """A location is about to be shared: "te mando ubicación"."""
    return _WILL_SHARE.match(bare(text)) is not None


def looked_for(text: str) -> str | None:
    """What is to be shown in "foto de la quesadilla", "ver pozole"."""
    found = _LOOKED_FOR.match(bare(text))
    return found["what"] if found else None


def says_to_take_out(text: str) -> bool:
    """As in "quita la leche", "ya no quiero leche"."""
    return _TAKING_OUT.search(plain(text)) is not None


def takes_out(text: str) -> bool:
    """It begins by taking something out: what it names is not wanted, whatever else it says."""
    return _BEGINS_TAKING_OUT.match(bare(text)) is not None


def is_note(text: str) -> bool:
    """How something must be, not what: "sin cebolla", "bien maduros", "nota: …"."""
    return _NOTE.match(plain(text)) is not None


def without_label(text: str) -> str:
    """A note without the word *nota* before it."""
    return re.sub(r"^nota[: ]+", "", text, flags=re.IGNORECASE)


def paid_with(text: str) -> Decimal | None:
    """The bill in "pago con 500"."""
    found = _PAID_WITH.match(plain(text))
    return Decimal(found[1]) if found else None
