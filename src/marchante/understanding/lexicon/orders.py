"""Phrases that steer an order: who asks for something, adds, takes away, swaps or corrects himself.

A marker is a run of words; `*` at the end of a word stands for any ending. The longest that fits wins.
"""

from enum import Enum, auto
from itertools import chain


class Marker(Enum):
    """What a run of words does to the lines around it."""

    ORDER = auto()
    """What follows is wanted."""
    ADD = auto()
    """What follows is wanted on top of an open order."""
    REMOVE = auto()
    """What follows is no longer wanted."""
    REMOVED = auto()
    """What went before is no longer wanted."""
    SET = auto()
    """The amount that follows replaces the one there was."""
    SWAP = auto()
    """What follows goes, what comes after *por* stays."""
    INSTEAD = auto()
    """What follows goes, the other part of the sentence stays."""
    CORRECTION = auto()
    """What follows replaces what was just said."""
    EACH = auto()
    """The amount goes for everything named."""
    SAME = auto()
    """What was named before, again."""
    REST = auto()
    """Everything named before that has no amount yet."""
    QUESTION = auto()
    """What follows or went before is asked about."""
    WISHED = auto()
    """If it is there, it is wanted: a question that orders."""
    PRICE = auto()
    """What follows or went before is asked the price of."""
    STOP = auto()
    """From here to the next sign the customer only talks."""
    NOT = auto()
    """What follows is ruled out."""
    ONLY = auto()
    """What follows stays when something is taken away."""
    BREAK = auto()
    """Courtesy: says nothing, and parts what stands around it."""


_PHRASES: dict[Marker, str] = {
    Marker.ORDER: """
        manda me mandas, mandame, manda, mandas, mande, mandeme, mandenme, mandan, mandar, mandarme, mandarian, mandaria,
        mandarias, mandanos, mandenos, me mandara, envia, enviame, enviar, envias, envie, enviarme, enviame, enviarian,
        quiero, quisiera, quisieramos, queremos, querria, queria, kisiera, kiero, kero, qero, qiero,
        necesito, nesecito, nesesito, necesitamos, necesitaria, nececito, ocupo, ocupamos, ocuparia,
        requiero, requerimos, requerire, encargo, encargar, encargarte, encargarle, encargame, encargas,
        dame, deme, das, da, darme, darias, daria, demen, regalame, regala, regalas, regaleme, regalarme,
        pon, ponme, pongame, pones, pone, ponga, poner, pondrias, ponerme, echame, echeme, echas, echa,
        me trae, me traes, me traen, traeme, traigame, traigan, traer, traerme, traerian, vendeme, me vendes, me vende, vender, venda,
        apartame, aparta, apartas, aparteme, apartar, separame, separeme, surteme, surte, surtas, surtame, surtes,
        preparame, prepareme, preparas, pasame, paseme, despachame, despache, despachas, despacha,
        pido, pedir, pedirle, pedirte, pedire, pediria, ordenar, ordeno, llevo, llevaria, compro, comprar, comprarle,
        apuntame, apunteme, apunta, anotame, anoteme, anota, agregas, agregar, agregarias, incluye, incluyeme,
        dejo, dejamos, dejar, recogen, recojan, pasen por, pasar por, pasan por, recoger, vengan por, me urge, me urgen, urgen,
        antoja, antojo, se me antoja, cobras, cobrame, cobreme, me cobra, fia, fias, fiame, consigue, consigueme,
        can i get, i need, i want, need, give me, send me, can you send, me gustaria, me gustaria ordenar, vas a mandar,
        va a querer, voy a querer, vamos a querer, voy a llevar, va a ser, van a ser, serian, seria, quiere, quieren,
        hazme, haceme, haga el favor de, a ver si me manda, ayudame con, ayudeme con, me ayuda con, me ayudas con, va a mandar,
        que me traiga, que me traigan, que me mande, que me manden, me traiga, me traigan, mandenme, mandarnos, solicita, le pido, te pido,
        quiero pedir, quisiera pedir, quiero encargar, vamos a pedir, programar, apartarme, mandamelo, guardas, me guardas, guardame,
        me apartas, me aparta, se me antojan, denos, danos, traenos, queremos pedir, puede mandar, pueden mandar, puedes mandar,
        me puede mandar, me puedes mandar, me pueden mandar, pueden pasar por, puede pasar por, pasen a recoger, pasar a recoger,
        quiero mandar, quiero mandar a, mandar a,
        me rellenas, rellename, me rellena, rellenarme, rellenen,
        solicito, solicitamos, quedaria, mi pedido es, mi pedido seria, este es mi pedido, el pedido es, mi lista, facilitame
        """,
    Marker.ADD: """
        agregale, agregue, agreguele, agregueme, agregame, agrega, agreguen, agregar al pedido, agreganos, anade, anadele,
        anadame, anademe, anada, sumale, sume, sumele, sumame, ponle, pongale, pongle, echale, echele, aumentale, aumente,
        aumentame, aumenta, aumentele, tambien, se me olvido, se me olvidaba, se me paso, me falto, me faltaron, me faltaba,
        olvide pedir, olvide, se me olvidaron, se me paso pedir, se me paso pedirte, se me paso pedirle, sumenle, agreguenle, ponganle, echenle, le sumas,
        le agregas, le agrega, le pones, le pone, le ponga, que le ponga, le echas, me agregas a, anadanle, aumentenle, metanle, metele, metale, incluyele, incluya, apuntale, mete, sube, add
        """,
    Marker.REMOVE: """
        quita, quitale, quitame, quite, quiteme, quitele, quiten, quitar, quitamela, quitamelo, quitame los, elimina, eliminar,
        eliminame, elimine, borra, borrame, borre, borrar, saca, sacame, saque, ya no quiero, ya no voy a querer, ya no va a ser,
        ya no mande, ya no me mande, ya no me mandes, ya no mandes, ya no me pongas, ya no ponga, no me mandes, no me mande,
        no me pongas, no me ponga, no pongas, no mandes, no mande, siempre no quiero, ya no ocupo, ya no necesito,
        descarta, descuenta, descuentame, cancela, cancelame, cancele, remove, mejor ya no quiero, ya no le ponga, ya no le pongas,
        mejor no me mandes, mejor no mande, mejor sin, olvida, olvidate de, olvidese de, olvidese del, olvidate del, quitenle, quitenme, quitas, me quitas, me quita, le quitas, quitarle, bajale, ya no va, ya no van, retira, retire
        """,
    Marker.REMOVED: "ya no, siempre no, mejor no, ya no va, ya no van, no va, no van, mejor ya no, quitalo, quitala, quitalos, quitalas",
    Marker.SET: """
        no eran, no era, eran, era, no eran sino, corrige, corrigele, corrijalo, mejor que sean, mejor que sea, que sean, que sea, que siempre sean, que siempre sea, siempre sean, siempre que sean, mejor
        sean, mejor ponle, subele a, subelo a, subela a, bajale a, bajalo a, bajela a, bajele a, subele, subale, subale a, bajale,
        dejame, dejalo en, dejala en, dejalos en, dejalas en, deja, deje, dejale, dejelo en, dejeme, siempre van a ser, siempre son,
        en total, en total serian, serian en total, aumentalo a, aumentala a, siempre, que quede en, que queden, cambialo a,
        cambialos a, corrige a, modifica, en realidad son, en realidad quiero, que siempre si sean, siempre quiero, cambiale a
        """,
    Marker.SWAP: """
        cambia, cambiame, cambiala, cambialo, cambialas, cambialos, cambiela, cambielo, cambiamela, cambie, cambieme, cambiale, cambiar, cambiarme, cambien, sustituye, sustituyeme, reemplaza, cambiamela,
        cambias, me cambias, me cambia, cambiarle, cambiarias, cambiaria
        """,
    Marker.INSTEAD: "en vez de, en lugar de, envez de, enves de, en ves de, en vez del, en lugar del, en ves del, instead of",
    Marker.CORRECTION: """
        no mejor, mejor, no perdon, perdon, digo, bueno que sean, bueno mejor, no espereme, no espera, no espere, espereme,
        corrijo, me equivoque, no no, mmm, mm, hmm, mas bien, o mejor, no digo, ay no, bueno no, no que sean, bueno si que sean,
        mejor dicho, o sea, perdon son, no son, no siempre, rectifico, ay perdon, uy no, quise decir, no mas bien, error
        """,
    Marker.EACH: """
        de cada uno, de cada una, de cada cosa, cada uno, cada una, cadauno, de cadauno, de cada, por cabeza, de todo, de los dos,
        de las dos, de ambos, de ambas, de los tres, de las tres, de todos, de todas
        """,
    Marker.SAME: "de lo mismo, de los mismos, de las mismas, de la misma, del mismo, lo mismo, de esos mismos, igual de",
    Marker.REST: "lo demas, los demas, las demas, del resto, el resto, de lo demas, de los demas",
    Marker.QUESTION: """
        lavan, planchan, tiene, tienes, tienen, tendra, tendran, tendras, hay, habra, maneja, manejan, manejas, vendes, venden, venderan,
        traes, trae, traen, traera, do you have, no tiene, no tienes, no tendra, le queda, les queda,
        limpian, reparan, arreglan, componen, hacen, le quedan, les quedan, te queda, te quedan, todavia tiene, aun tiene, cuentan con, cuenta con, hay disponible, consigues
        """,
    Marker.WISHED: """
        si tienes me mandas, si tiene me manda, si tiene, si tienes, si hay, si tienen, si le queda, si les queda, si te queda,
        si llega a tener, si acaso tiene, de haber
        """,
    Marker.PRICE: """
        a como, a cuanto, en cuanto, que precio, precio, precios, precio de, precio del, precio de la, cuanto cuesta, cuanto cuestan,
        cuanto vale, cuanto valen, cuanto sale, cuanto salen, cuanto esta, cuanto estan, cuanto es, cuanto seria, cuanto cobran,
        cuanto cobra, cuanto cobras, cuanto por, cuanto me sale, cuanto me cobran, cuanto me cobra, que costo tiene, costo, costo de,
        cuanto tiene, cuanto tienen, a cuanto esta, a cuanto estan, a como esta, a como estan, a como tiene, a como tienes,
        a como da, a como das, a como sale, a como salen, que precio tiene, que precio tienen, cuanto, cuanto sale el, how much,
        a como anda, a como andan, en cuanto sale, en cuanto esta, en cuanto estan, en cuanto da, en cuanto das, cuanto son
        """,
    Marker.STOP: """
        porque, pues es que, es que, ya que, ya sabe, como siempre, o algo asi, si puede, si puedes, si no es molestia, voy a,
        vamos a, va a, van a, es para, son para, ya tengo, no tengo, ya hay, ando, estoy, estamos, tengo, que tengo, que ya, que
        luego, que voy, que vamos, que va, que viene, que vienen, que es para, que son para, que me, que se me, que no
        me, que le dije, que la, que estoy, que ando, que hoy, que si, para que, para hacer, para llevar, si lo quiero, cuanto tardan, cuanto tarda,
        cuanto se tarda, cuanto se tardan, cuanto tiempo, cuanto tardaria, cuanto tardarian, en cuanto tiempo, cuanto falta, cuantos dias,
        si la quiero, si los quiero, si llevo, si compro, si pido, ya no sirve, ya no funciona, ya no jala, ya no hay, ya no tengo,
        soy, viene, vienen, le pago, te pago, pago con, con cambio, a nombre de, con don, con dona, vivo, estamos en, estoy en,
        es todo, eso es todo, seria todo, nada mas, solo eso, si son tan, si es tan, si fuera, si no es, cuando, aunque,
        la otra vez, la vez pasada, ayer, donde, quien, quienes, hasta, a que hora, que hora, ojala, cuanto antes,
        lo mas pronto, lo antes posible, apenas, todavia, no hay prisa, no me urge, no urge, tempranito, temprano,
        salgo, mando, mandan_, yo paso, paso por, paso a, voy por, los recojo, lo recojo, lo de siempre, mi nino, mi hijo,
        le encargo mucho, avisa, avisame, aviseme, me avisa, me avisas, me dice, me dices, dime, digame, de parte de, por mi, por lo de, por su, por tu, si llevo, si traigo, habla, hablamos, le habla, te habla, llama, folio,
        dios, para mi
        """,
    Marker.NOT: "no de las, no de los, no de la, no del, no la, no el, no las, no los, no una, no un, ya no de, ya no del, que no, nada de, ni de, ni el, ni la, ni los, ni las, que no sea, que no sean",
    Marker.ONLY: "solo el, solo la, solo los, solo las",
    Marker.BREAK: """
        si no pues, si no, y si no, o si no, sino, si no hay, si no tienes, si no tiene, si si, si si hay, en serio, que mas,
        por favor, por fa, porfa, gracias, muchas gracias, buenos dias, buen dia, buenas tardes, buenas noches, que tal, hola, oye,
        oiga, si es tan amable, de favor, un favor, una pregunta, please, saludos, bendiciones, disculpe, disculpa, te encargo,
        le encargo, ah, ay, este, bueno, mire, mira, pues, ps, tambien si, y ya, ya, si, verdad, eh, ok, vale, sale, va,
        de una vez, de volada, nada mas, solo, aparte, ademas, luego, y luego, todavia alcanzo, por ahi, de casualidad,
        para empezar, de paso, una cosa, unica cosa, al pedido, a mi pedido, al carrito, a la orden, a la cuenta,
        a lo que ya pedi, mas, otra cosa, adicional, extra, de mas, que me, a mi, el dia de hoy, para hoy, para manana, hoy, manana,
        por cierto, y que, le, les, te, me, nos, se
        """,
}


def _read() -> dict[str, tuple[tuple[tuple[str, ...], Marker], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], Marker]]] = {}
    for marker, phrases in _PHRASES.items():
        for phrase in phrases.replace("\n", " ").split(","):
            words = tuple(phrase.split())
            if words:
                by_first.setdefault(words[0], []).append((words, marker))
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in by_first.items()}


MARKERS = _read()
"""First word → the markers that begin with it, longest first."""
CORRECTING = frozenset(word for words, marker in chain.from_iterable(MARKERS.values()) if marker is Marker.CORRECTION for word in words)
"""Every word that occurs in a correction."""
