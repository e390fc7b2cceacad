"""Nouns of the trade: what makes something up (`MATERIALS`) and what shops sell (`GOODS`).

A material alone never names a product made of it: *jitomate* is not *puré de tomate*. A word in `GOODS` is never taken
for a misspelling of another: *melón* is not *limón*.
"""

from marchante.understanding.lexicon.reader import keys, keys_of_each, section, texts
from marchante.understanding.normalize import word_key

MATERIALS = keys("goods", "materials")
INGREDIENTS = MATERIALS | keys("goods", "ingredients")
"""After another noun they only say what it is made of or grows on: *flor de calabaza* is no squash."""
STUFFS = keys("goods", "stuffs")
"""What things are made of that nobody eats."""
THROWAWAY = keys("goods", "throwaway")
"""What plates and cups in packs are anyway."""
CUTS = keys("goods", "cuts")
ANIMALS = frozenset(
    word_key(word)
    for word in ("pollo", "res", "cerdo", "puerco", "pavo", "borrego", "cordero", "ternera", "pescado", "atun", "soya")
)
"""Of what meat and cold cuts are made."""
FORMS = keys("goods", "forms")
"""In a name such words say how it comes; the noun after them says what it is."""
CONTAINERS = keys("goods", "containers")
"""The least telling of them."""
HOLDERS = keys("goods", "holders")
"""What water and gas come in."""
GOODS = keys("goods", "goods") | keys("food", "goods")
GOODS_WRITTEN = texts("goods", "goods") | texts("food", "goods")
MAKERS = keys("goods", "brands") | keys("food", "makers")
BRANDS = MAKERS | keys("goods", "sorts") | keys("food", "sorts")
"""Names that say whose or of what sort it is: of another brand than the shop's, it is another product."""
TOPICAL = keys("goods", "topical")
"""Of these *de los aztecas* says what about, and asks for no other product."""
COMPOUNDS = frozenset(
    tuple(word_key(word) for word in name.split() if word not in {"de", "en", "con", "a", "la"})
    for name in (name.strip() for name in section("goods", "compounds").replace("\n", " ").split(","))
    if name
)
"""Two words that together are another thing than the first alone: who sells bread may have no breadcrumbs."""
FED = keys("goods", "fed")
"""What animals get: for whom it is tells two of them apart, also where they are weighed."""
PURPOSES = keys("goods", "purposes")
"""Said after *para* of what is not eaten, it is another thing that is asked for."""
KINDS = keys_of_each("goods", "kinds")
"""A general noun before what names the thing: *tela de tul*, *cinta masking*."""
BRAND_KINDS = keys_of_each("goods", "brand kinds")
"""What is called by a brand alone, and what it is: *jabón Roma*."""
NATURAL_PURPOSES = keys_of_each("goods", "natural purposes")
"""What a thing is for anyway: *suavizante de ropa* is any."""
SORT_COLOURS = keys_of_each("food", "sort colours")
"""Colours that make another sort of it: *frijol negro* is no *frijol* whose name does not say so."""
MASS = keys("goods", "mass")
"""Sold by weight and never counted."""
