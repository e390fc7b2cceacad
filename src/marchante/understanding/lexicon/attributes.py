"""Adjectives: which tell variants apart, which are the plain kind, which are wishes to note down."""

from marchante.understanding.normalize import other_gender, word_key


def _keys(words: str) -> frozenset[str]:
    keys = {word_key(word) for word in words.split()}
    return frozenset(keys | {other_gender(key) for key in keys})


COLORS = _keys(
    "rojo blanco negro verde azul amarillo morado rosa naranja_ gris cafe_ dorado plateado beige transparente crema_ "
    "colorado turquesa lila violeta guinda celeste marino fiusha fucsia moradito rosado"
)
SIZE_WORDS = _keys(
    "grande chico chica mediano pequeno jumbo mini familiar individual matrimonial king size queen gigante extragrande "
    "grandote grandecito chiquito chiquita grandota personal mega doble_ g ch xl"
)
SMALL = _keys("chico pequeno chiquito mini")
LARGE = _keys("grande grandote jumbo familiar gigante mega")
MIDDLE = _keys("mediano")
PLAIN = _keys(
    "entero natural normal regular clasico original tradicional sencillo estandar comun basico corriente recarga relleno "
    "adulto generico surtido nacional solo limpio tipo extra super premium_ primera granel suelto casero calidad"
)
"""Not said, this is the one meant: *leche* is the whole milk."""
PLAIN_OF_HEAD: dict[str, frozenset[str]] = {
    word_key(head): _keys(words)
    for head, words in {
        "pan": "blanco",
        "huevo": "blanco",
        "cebolla": "blanco",
        "papa": "blanco alfa",
        "arroz": "blanco",
        "col": "blanco",
        "vinagre": "blanco",
        "cartulina": "blanco",
        "hoja": "blanco carta",
        "jitomate": "saladet saladette guaje",
        "platano": "tabasco",
        "limon": "agrio semilla",
        "aguacate": "hass",
        "papaya": "maradol",
        "melon": "chino",
        "calabacita": "italiana",
        "tortilla": "maiz",
        "masa": "maiz tortilla",
        "molida": "res",
        "bistec": "res",
        "garrafon": "recarga",
        "traje": "piezas",
        "camote": "amarillo",
        "sandia": "rojo",
        "piña": "miel",
        "pina": "miel",
        "harina": "trigo",
        "azucar": "morena",
        "bolillo": "blanco sal",
        "lapiz": "grafito",
        "croqueta": "perro adulto",
        "queso": "",
        "zanahoria": "",
        "naranja": "jugo",
        "mango": "ataulfo",
        "cloro": "",
        "lechuga": "",
        "tostada": "maiz",
        "totopo": "maiz",
        "agua": "natural",
        "yogur": "natural",
        "pollo": "entero",
        "chicharron": "",
    }.items()
}
SPECIAL = _keys(
    "light zero cero deslactosada integral descremada semidescremada express organico vegano dietetico diet gluten "
    "artesanal gourmet premium importado descafeinado urgente"
)
"""Never meant unless said."""
WISHES = _keys(
    "pasado molidito trozo maduro madurito verdecito tierno fresco fresquito grande grandecito chico chiquito mediano gordo gordito delgado "
    "delgadito grueso gruesito jugoso dulce bonito bueno buenos limpio pelado picado rebanado molido cortado entero "
    "partido congelado frio helado caliente calientito dorado doradito tostado suave duro durito blando golpeado podrido "
    "manchado parejo parejito crudo cocido asado marinado adobado sazonado fileteado aplanado desvenado descabezado "
    "eviscerado escamado surtido variado separado envuelto empaquetado sellado planchado_ doblado almidon recien grandes "
    "reposado aguado espeso salado picoso picante enchilado magro descremado deshuesado troceado trozado mariposa jugosito "
    "amarillito rojito verde verdes sano macizo fuerte quemado tostadito finito fino delicado rapido gruesos pesado carnudo "
    "carnoso calidad buenas sequito seco cremoso firme oscurito blanquito tiernito blandito bonitas gigantes enteros"
)
ATTRIBUTES = COLORS | SIZE_WORDS | PLAIN | SPECIAL | WISHES
WISH_STARTS = frozenset({"bien", "muy", "sin", "pero", "que", "lo", "con"})
SERVICES = _keys("laven lavenme lavame lave planche planchen plancha lavado planchado tintoreria limpieza lavanderia lavar planchar planchada lavada compostura reparacion servicio")
"""What is done rather than sold: two of them for one garment are two products."""

MADE_KINDS = _keys(
    "ahumado empanizado marinado enchilado adobado deslactosado descremado azucarado salado condensado evaporado preparado "
    "refinado mascabado tostado congelado relleno glaseado cristalizado enlatado embotellado mineralizado saborizado horneado "
    "nixtamalizado colorado morado rosado dorado plateado mercerizado galvanizado corrugado recocido rebajado prensado estrellado "
    "espolvoreado cubierto chocolatado enmielado salpreso precocido apanado sazonado inflado garapinado"
)
"""Participles that make another product of it: an *ahumada* is no plain chop cut in some way."""
PLAIN_SAID = _keys("normal regular clasico original tradicional sencillo comun corriente")
"""Said of a thing, they ask for the variant without a name."""
GENERIC = _keys("aroma olor sabor color marca tamano medida presentacion clase variedad mitad ambos")
