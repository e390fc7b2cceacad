"""Words that carry courtesy, talk or time rather than goods; a list of nouns of the trade stands in `goods`."""

from marchante.understanding.normalize import word_key


def _keys(words: str) -> frozenset[str]:
    return frozenset(word_key(word) for word in words.split())


COURTESY = _keys(
    "sra sr srta dra lic ing porfa favor gracias hola holi buenas buenos buen tardes noches dias dia tarde noche oiga oye oigan mire mira miren "
    "disculpe disculpa perdon bueno este pues ps ay ah eh mmm em bendiciones saludos amable joven jovencito senor senora "
    "senorita seno don dona vecina vecino vecinita marchante marchanta marchantita guero guera guerito guerita jefe jefa "
    "patron patrona maestro maestra amigo amiga amiguito reina rey corazon mija mijo madre comadre compadre tio tia primo "
    "hermano hermana carnal carnalito compa guey wey bro manita manito licenciado inge doctor doctora chava chavo hey hi "
    "hello dear buenisimo gusto estimado estimados estimada cordial saludo atento urgente urge porfavorcito jaja jeje lol "
    "please thanks thank you can could get have need want the to i for today do like would some que tal onda hubo quiubo "
    "sale va ok okay okey vale listo oki simon orale andele andale claro seria serian eso todo nada mas seguro amables "
    "regalame bonito excelente tarde linda lindo bella preciosa querida estimado atentamente permiso molestar molesto "
    "molestarlo disculpen perdone perdona tantito momentito rato poco favorcito amor cielo bb nena hermosa ma pa ma'am"
)
TALK = _keys(
    "viaje minimo compas lunch torneo mancha manchas mayoreo menudeo verduras verdura frutas fruta marca marcas esposo esposa marido mujer hijo hija hijos hijas nino nina ninos ninas bebe mama papa_ suegra suegro abuela abuelo "
    "abuelita abuelito familia gente invitados visita visitas amigos companeros muchacho muchacha chalan repartidor "
    "fiesta evento reunion cumple cumpleanos boda bautizo escuela trabajo oficina casa casita negocio local comida cena "
    "desayuno almuerzo lonche rato semana mes ano hora horas minutos minuto manana ayer antier lunes martes miercoles "
    "jueves viernes sabado domingo partido cruda crudo siempre vez veces dios verdad favor pedido orden lista mandado "
    "calle colonia esquina puerta porton edificio depto departamento interior numero tienda domicilio servicio cuenta "
    "cambio efectivo tarjeta transferencia factura ticket precio total pesos dinero billete gusta gustan encanta prisa "
    "apuro cosas cosa tipo forma manera tema caso punto idea problema pregunta duda parte lado lugar tiempo"
)
VERBS_OF_TALK = _keys(
    "recomienda recomiendas recomendaria sugiere voy vas va vamos van hacer hago hace haciendo tengo tienes tiene tenemos tenia hay es son esta estan estoy fue era "
    "sera ser estar ando anda andamos andan vengo viene vienen venga vengan ven llego llega llegan llegue llegar paso "
    "pasa pasan pasar paso salgo sale salen salir puede puedes pueden podria podrian podra puedo sabe sabes saber se cree "
    "creo digo dice dijo dicen ver veo ve dar doy das gusta gustaria quede queda quedo llevar llevo lleva llevarme comer "
    "come cocinar preparar empezar empieza urge urja ocupan aguanta aguantan dure vaya vayan fuera sea sean haya hubiera "
    "tendra tendran tendria trae traen traes tenga tengan dejo deja dejen olvido olvide acuerda acordo acabo acaba falto "
    "falta faltaba agradezco agradeceria espero esperando esperamos avisa avise aviso confirma confirme mande puso pongo "
    "salieron salio buscando busco surtir compre comprar vender venden vende manejan maneja alcanzo alcanza guardar usar "
    "sirve sirven funciona llama llamo llame cabe caben junto hablo hable soy somos eres era iba iban estaba estaban"
)
"""Verbs about which nothing is ordered; order verbs stand in `orders`."""
REASONS = frozenset({"porque", "pues", "aunque", "mientras", "cuando", "donde", "quien", "ojala", "siempre", "entonces"})
"""A word after which the customer explains rather than orders, up to the next sign."""
IDIOMS = _keys(
    "favor pregunta momento momentito vez rato ratito duda consulta saludo abrazo senora senor muchacho persona rato dia "
    "noche tarde semana hora horas minuto minutos mes lugar segundo asesor problema cosa cosita poco poquito detalle gusto "
    "placer bendicion mensaje pedido orden encargo mandado favorsote paro gracia amigo amiga vecina dias lado ellos ellas "
    "personas veces anos meses semanas aclaracion queja reembolso lista persona"
)
"""After *un/una* these are no goods: *un favor*, *una pregunta*."""
