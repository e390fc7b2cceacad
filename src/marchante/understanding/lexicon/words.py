"""Function words, numbers, units and packaging, as flattened text (no accents, lower case)."""

from decimal import Decimal

from marchante.understanding.normalize import sound, word_key

ABBREVIATIONS = {
    "q": "que",
    "ke": "que",
    "qe": "que",
    "d": "de",
    "i": "y",
    "x": "por",
    "xq": "porque",
    "pq": "porque",
    "porq": "porque",
    "pork": "porque",
    "tmb": "tambien",
    "tb": "tambien",
    "tbn": "tambien",
    "tmbn": "tambien",
    "tambn": "tambien",
    "bn": "bien",
    "pa": "para",
    "pal": "para",
    "pala": "para",
    "palos": "para",
    "puro": "solo",
    "pura": "solo",
    "p": "para",
    "c/u": "cadauno",
    "c/": "con",
    "p/": "para",
    "s/": "sin",
    "xfa": "porfa",
    "xfis": "porfa",
    "pfa": "porfa",
    "pf": "porfa",
    "plis": "porfa",
    "pliz": "porfa",
    "pls": "porfa",
    "please": "porfa",
    "porfis": "porfa",
    "porfavor": "porfa",
    "porfi": "porfa",
    "xfavor": "porfa",
    "grax": "gracias",
    "grx": "gracias",
    "grs": "gramos",
    "and": "y",
    "of": "de",
    "with": "con",
    "komo": "como",
    "kuanto": "cuanto",
    "qiero": "quiero",
    "cto": "cuarto",
    "wenas": "buenas",
    "wenos": "buenos",
    "ola": "hola",
    "nomas": "solo",
    "nadamas": "solo",
    "namas": "solo",
    "solamente": "solo",
    "unicamente": "solo",
}


def _keys(words: str) -> frozenset[str]:
    return frozenset(word_key(word) for word in words.split())


_NUMBER_WORDS = (
    "otro:1 otra:1 un:1 uno:1 una:1 dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis "
    "veintisiete veintiocho veintinueve treinta:30 cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 "
    "noventa:90 cien:100 ciento:100 doscientos:200 doscientas:200 trescientos:300 trescientas:300 cuatrocientos:400 "
    "quinientos:500 seiscientos:600 setecientos:700 ochocientos:800 novecientos:900 mil:1000 "
    "one:1 two:2 three:3 four:4 five:5 six_:6 seven:7 eight:8 nine:9 ten:10 dozen:12 "
    "ventidos:22 venticinco:25 venticuatro:24"
)


def _numbers() -> dict[str, Decimal]:
    values: dict[str, Decimal] = {}
    following = 1
    for entry in _NUMBER_WORDS.split():
        word, _, given = entry.partition(":")
        value = int(given) if given else following
        values[sound(word)] = Decimal(value)
        following = value + 1
    return values


_NUMBERS = _numbers()


def number_word(text: str) -> Decimal | None:
    """Give the value of one number word, however it is spelt (`sinco`), or None."""
    return _NUMBERS.get(sound(text))


ARTICLES = frozenset({"un", "una", "uno", "unos", "unas", "otro", "otra", "otros", "otras"})
ONES = frozenset({"un", "una", "uno", "otro", "otra"})
HALVES = frozenset({"medio", "media", "medios", "medias", "half", "medito"})
QUARTERS = frozenset({"cuarto", "cuartito", "cuartos"})
ABOUT = _keys("otros otras como unos unas aprox aproximadamente casi maximo minimo alrededor")
VAGUE = _keys("tantito poquito tantita poquita pizca poco poca cachito pedacito")

UNITS: dict[str, str] = {
    word_key(word): unit
    for unit, words in {
        "kg": "kilo kilos kilito kilitos kl kls k kg kgs kgr ks quilo kilogramo kilogramos kiloss",
        "g": "gramo gramos gramito gramitos gr g gms",
        "lb": "libra libras pounds pound",
        "l": "litro litros litrito litritos lt lts l ltr ltrs liter liters",
        "ml": "ml mililitro mililitros mls",
        "m": "metro metros mts mt mtrs m",
        "cm": "cm centimetro centimetros cms",
        "in": "pulgada pulgadas pulg plg plgs in",
        "w": "watt watts wats w",
        "oz": "oz onza onzas",
        "pz": "pieza piezas pz pza pzas pzs piesas piezitas piecita piecitas pieces",
        "dozen": "docena docenas dozen",
        "pair": "par pares parcito",
        "peso": "peso pesos pesitos varos mxn bolas_ baros",
    }.items()
    for word in words.split()
}
WEIGHTS = frozenset({"kg", "g", "lb"})
MASS_IN_KG = {"kg": Decimal(1), "g": Decimal("0.001"), "lb": Decimal("0.454")}
VOLUME_IN_LITRES = {"l": Decimal(1), "ml": Decimal("0.001")}
LENGTH_IN_METRES = {"m": Decimal(1), "cm": Decimal("0.01")}

PACKAGING = _keys(
    "caja cajas cajita cajitas bolsa bolsas bolsita bolsitas paquete paquetes paq paqs pqt pqte paquetito paketes pack "
    "packs botella botellas botellita botellitas bote botes botecito lata latas latita frasco frascos tarro cubeta "
    "cubetas galon galones bulto bultos costal costales saco sacos charola charolas charolita domo domos cartera "
    "carteras casillero manojo manojos manojito rollo rollos rollito ramo ramito racimo cabeza cabezas barra barras "
    "barrita tira tiras tubo tubos tubito sobre sobres sobrecito cono reja rejas arpilla arpillas huacal huacales "
    "garrafa garrafas bidon tambo tambos tarima tarimas carton cartones cartoncito cartucho tramo tramos hoja hojas "
    "pliego pliegos juego juegos six sixpack pomo vaso vasos vasito orden ordenes mata atado penca diente dientes "
    "envase cuadro tablilla tetrapack blister millar ciento gruesa tanque cilindro malla mallas bag bags box bottle "
    "can cans tapa kit unidad unidades servicio servicios prenda prendas encargo viaje rueda ruedas tanda"
)
WHOLESALE = _keys("reja arpilla huacal tarima tambo gruesa tanque pallet contenedor carga malla")
MULTIPACKS = _keys("caja cajita paquete paq pqte pack carton bulto costal saco cubeta galon tira ciento millar display charola")
SPOKEN_PACK_COUNT = {word_key("six"): 6, word_key("sixpack"): 6, word_key("ciento"): 100, word_key("millar"): 1000}
PACK_OF_UNIT: dict[str, frozenset[str]] = {
    "bag": _keys("bolsa bolsita paquete paq pqt pqte bulto costal saco sobre pack bag encargo"),
    "box": _keys("caja cajita paquete paq pqte carton pack box"),
    "pack": _keys("paquete paq pqt pqte pack caja charola cartera tapa casillero bolsa carton juego six tira kit domo"),
    "bottle": _keys("botella botellita bote garrafa pomo envase frasco bottle litro"),
    "can": _keys("lata latita bote cubeta galon can"),
    "liter": _keys("caja cajita carton litro botella bote envase garrafa"),
    "bunch": _keys("manojo manojito ramo ramito atado mata racimo bolsa rollo"),
    "piece": _keys(
        "bolsa bote botella frasco tarro barra cabeza tubo sobre vaso cartucho tablilla bulto rollo hoja pliego charola "
        "domo envase unidad lata galon cubeta tramo diente bolsita botecito pomo prenda orden juego servicio"
    ),
    "unit": _keys("garrafa unidad envase tramo rollo bote botella bolsa orden cilindro juego prenda"),
    "service": _keys("servicio prenda encargo orden bolsa unidad"),
    "kg": frozenset(),
}

STOPWORDS = frozenset(
    ["de", "del", "sin", "la", "el", "los", "las", "lo", "al", "a", "en", "con", "por", "para", "y", "e", "o", "u", "que", "se", "su", "sus", "mi", "mis", "tu", "tus", "es", "son", "ser", "esta", "este", "estos", "estas", "ese", "esa", "esos", "esas", "eso", "esto", "le", "les", "me", "nos", "te", "ya", "si", "mas", "muy", "tan", "bien", "pero", "pues", "ps", "ni", "un", "una", "unos", "unas", "uno", "como", "tambien", "solo", "nada", "todo", "toda", "todos", "todas", "otro", "otra", "otros", "otras", "cada", "aqui", "ahi", "alla", "hoy", "favor", "porfa", "gracias", "mismo", "misma", "mismos", "mismas"]
)
CONNECTIVES = frozenset({"y", "e", "mas", "tambien", "ademas", "plus", "ah", "aparte", "luego", "o"})
LINKS = frozenset({"de", "del"})
DETERMINERS = frozenset({"el", "la", "los", "las", "lo", "del", "al"})
