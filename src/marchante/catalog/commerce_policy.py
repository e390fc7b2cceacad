"""What WhatsApp lets nobody sell in a chat, by the Spanish words a shop uses for it.

One list, on the careful side: a number that sells beer by WhatsApp is blocked, and with it every order of the shop. A
product caught here stays in the catalog with `whatsapp_sellable` off; the shop may turn it on again when the word meant
something else. Brands that are everyday words (Sol, Corona, Modelo …) are recognised by their category only.
"""

import re
from dataclasses import dataclass

from marchante.catalog.words import plain


@dataclass(frozen=True, slots=True)
class Rule:
    """`reason` as the shopkeeper reads it. Any of `words` (in singular; plurals follow) matches unless one of `unless`
    stands beside it.
    """

    code: str
    reason: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


_PREPAID = "recargas, tiempo aire y tarjetas prepagadas"
_FOOD_FOR_PETS = ("alimento", "croqueta", "comida", "sobre", "premio", "galleta", "leche", "shampoo", "jabon", "arena")

RULES = (
    Rule(
        "alcohol",
        "bebidas alcohólicas",
        (
            "cerveza", "chela", "caguama", "caguamon", "six de cerveza", "michelada", "clamato con cerveza", "vino",
            "licor", "tequila", "mezcal", "pulque", "ron", "vodka", "whisky", "whiskey", "brandy", "cognac", "ginebra",
            "aguardiente", "sidra", "champana", "champagne", "vermut", "rompope", "anis del mono", "caribe cooler",
            "sangria", "bebida alcoholica", "vinos y licores", "tecate", "heineken", "michelob", "budweiser",
            "carta blanca", "dos equis", "xx lager", "corona extra", "corona light", "modelo especial", "negra modelo",
            "bacardi", "jose cuervo", "smirnoff", "four loko", "new mix", "vina real", "charanda", "sotol", "bacanora",
        ),
        (
            "vinagre", "copa para", "vaso para", "destapador", "sacacorchos", "pan", "gelatina", "helado", "nieve",
            "paleta", "de raiz", "sangria senorial",
        ),
    ),
    Rule(
        "tobacco",
        "tabaco, cigarros y vapeadores",
        (
            "cigarro", "cigarrillo", "tabaco", "habano", "vape", "vapeador", "cigarro electronico", "narguile",
            "hookah", "shisha", "papel arroz para fumar", "papel para fumar", "sabanas para fumar",
            "marlboro", "pall mall", "lucky strike", "benson", "delicados con filtro", "delicados ovalados", "iqos",
        ),
        ("chocolate",),
    ),
    Rule(
        "medicine",
        "medicinas",
        (
            "medicina", "medicamento", "farmacia", "aspirina", "cafiaspirina", "paracetamol", "ibuprofeno", "naproxeno",
            "omeprazol", "ranitidina", "loratadina", "diclofenaco", "amoxicilina", "penicilina", "antibiotico",
            "antigripal", "analgesico", "antiacido", "laxante", "tempra", "tylenol", "advil", "mejoral", "desenfriol",
            "tabcin", "next antigripal", "contac ultra", "vaporub", "alka seltzer", "sal de uvas", "pepto bismol",
            "melox", "leche de magnesia", "lomotil", "treda", "buscapina", "neomelubrina", "genoprazol", "riopan",
            "jarabe para la tos", "jarabe de la tos", "pomada", "unguento", "gotas para los ojos", "suero oral",
            "inyeccion",
        ),
        ("calzado", "zapato"),
    ),
    Rule(
        "first_aid",
        "material de curación y aparatos médicos",
        (
            "curita", "venda", "vendaje", "vendita", "gasa", "tela adhesiva", "micropore", "botiquin", "termometro",
            "jeringa", "agua oxigenada", "merthiolate", "isodine", "violeta de genciana", "alcohol etilico",
            "alcohol de curacion", "alcohol de 96", "primeros auxilios", "prueba de embarazo", "prueba covid",
            "prueba de covid", "baumanometro", "oximetro", "glucometro", "tira reactiva",
        ),
        ("cocina", "horno", "carne", "refrigerador", "alberca"),
    ),
    Rule(
        "prepaid",
        _PREPAID,
        ("tiempo aire", "telcel", "movistar", "unefon", "bait", "at t", "recarga electronica", "recarga celular"),
        ("funda", "soporte"),
    ),
    Rule(
        "prepaid",
        _PREPAID,
        (
            "recarga", "tarjeta telefonica", "prepago",
            "tarjeta prepagada", "tarjeta de regalo", "gift card", "google play", "tarjeta netflix", "tarjeta xbox",
            "tarjeta spotify", "netflix", "spotify", "robux", "diamantes free fire", "pago de servicios", "cupon",
        ),
        (
            "garrafon", "garrafa", "agua", "litro", "lt", "l", "gas", "tanque", "cilindro", "extintor", "tinta",
            "toner", "cartucho", "bidon", "refill", "jabon", "detergente", "suavizante",
        ),
    ),
    Rule(
        "gambling",
        "rifas y juegos de azar",
        (
            "rifa", "boleto de rifa", "loteria", "lotto", "melate", "chispazo", "raspadito", "cachito", "sorteo",
            "quiniela", "pronosticos", "progol", "apuesta", "billete de loteria",
        ),
        ("juego de mesa", "juego de loteria", "loteria mexicana", "tablas de loteria"),
    ),
    Rule(
        "fireworks",
        "pirotecnia",
        (
            "cohete", "coheton", "pirotecnia", "pirotecnico", "petardo", "bengala", "fuegos artificiales",
            "triquitraque", "garra de tigre", "barrepies", "volcan pirotecnico",
        ),
        ("bici", "juguete"),
    ),
    Rule(
        "weapons",
        "armas y municiones",
        ("arma de fuego", "municion", "rifle", "escopeta", "gas pimienta", "nudillera"),
        ("juguete", "dardo"),
    ),
    Rule(
        "weapons",
        "armas y municiones",
        ("pistola",),
        ("agua", "silicon", "juguete", "dardo", "pintura", "aire", "calor", "burbujas", "engrapadora", "tintoreria"),
    ),
    Rule(
        "animals",
        "animales y sus accesorios",
        (
            "animal vivo", "mascota viva", "cachorro", "pollito", "hamster", "canario", "perico", "cotorro", "tortuga",
            "conejo vivo", "pollo vivo", "gallina viva", "gallo vivo", "pez beta", "pez dorado", "pez vivo", "jaula",
            "collar para perro", "collar para gato", "collar para mascota", "correa para perro", "correa para mascota",
            "juguete para perro", "juguete para gato", "juguete para mascota",
        ),
        (*_FOOD_FOR_PETS, "alpiste", "nugget", "peluche", "chocolate", "empanizado"),
    ),
    Rule(
        "adult",
        "anticonceptivos y productos para adultos",
        (
            "condon", "preservativo", "anticonceptivo", "pastilla del dia siguiente", "postday", "lubricante intimo",
            "juguete sexual", "viagra", "sildenafil", "cialis", "vibrador sexual",
        ),
    ),
    Rule(
        "drugs",
        "drogas y sus derivados",
        ("marihuana", "mariguana", "cannabis", "cbd", "thc", "poppers", "hongo alucinogeno", "kratom"),
    ),
)  # fmt: skip


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    phrases = (" ".join(f"{word}(?:s|es)?" for word in plain(phrase).split()) for phrase in words)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_COMPILED = tuple((rule, _pattern(rule.words), _pattern(rule.unless) if rule.unless else None) for rule in RULES)


def forbidden(name: str, category: str) -> Rule | None:
    """The rule that keeps a product out of WhatsApp, judged by its name and category; None when it may be sold."""
    told = plain(f"{name} . {category}")
    for rule, words, unless in _COMPILED:
        if words.search(told) and not (unless is not None and unless.search(told)):
            return rule
    return None
