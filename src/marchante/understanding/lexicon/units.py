"""Things sold by weight that nobody counts."""

from marchante.understanding.normalize import flatten, word_key

_MASS = frozenset(
    word_key(word)
    for word in (
        "queso quesillo jamon azucar frijol arroz molida masa crema carne harina sal lenteja garbanzo avena cafe mole "
        "ropa croqueta croquetas alimento alpiste arena detergente jabon cal cemento alambre clavo clavos yeso maiz "
        "pozole chicharron machaca cecina barbacoa carnitas picadillo mantequilla manteca nata requeson "
        "totopo totopos galleta cacahuate nuez pasas semilla granola amaranto haba habas chicharo surimi pulpa retazo "
        "tocino salchichon mortadela pastor espinazo arrachera costilla cueritos hielo cilantro semillas"
    ).split()
)


def is_mass_noun(name: str) -> bool:
    """Tell whether a product's first word is something weighed and never counted."""
    words = flatten(name).split()
    return bool(words) and word_key(words[0]) in _MASS
