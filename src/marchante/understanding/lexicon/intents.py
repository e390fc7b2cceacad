"""How Mexican customers say everything that is no order.

Each intent has patterns over the message's words (flattened, abbreviations written out, one space between). Topics come in
order of strength: what stands higher wins over what stands lower. `firm` topics win even where products are named.
"""

import re
from typing import NamedTuple

from marchante.understanding.domain import Intent


class Topic(NamedTuple):
    """An intent and the words that give it away; `firm` beats products named without an amount."""

    intent: Intent
    pattern: re.Pattern[str]
    firm: bool = True


def _topic(intent: Intent, *patterns: str, firm: bool = True) -> Topic:
    return Topic(intent, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)), firm)


_PEDIDO = r"(?:pedido|orden|mandado|encargo|entrega|compra|despensa|agua|ropa|cosas|paquete|gas|material|comida|garrafon\w*|mercancia|envio)"

TOPICS: tuple[Topic, ...] = (
    _topic(
        "opt_out",
        r"^(?:stop|baja|alto|unsubscribe)$",
        r"\b(?:no|deje\w*|paren?|basta|ya no)\b.{0,40}\b(?:promo\w*|publicidad|mensajes?|spam|anuncios?|ofertas|avisos|propaganda|whats\w*)\b",
        r"\b(?:quiten?|borre\w*|elimine\w*|saque\w*|den?|saquen|dar\w*|quita\w*|borra\w*)(?:me)?\b.{0,20}\b(?:lista|baja|contactos|numero|grupo)\b",
        r"\bdar(?:me)? de baja\b|\bdeme de baja\b|\bdenme de baja\b|\bno me (?:escrib\w+|contact\w+|moleste\w*)\b|\bdeje\w* de (?:molestar|escribir|mandar)",
        r"\b(?:cancelar|cancelen?) (?:mi |la )?suscripcion",
    ),
    _topic(
        "advisor",
        r"\b(?:asesor\w*|agente|ejecutiv\w+|humano|humana|encargad[oa]|gerente|dueno|duena|representante|operador\w*)\b(?! de)",
        r"\b(?:hablar|habla|comunica\w*|pasa\w*|pas[ea]me|atienda\w*|atiend\w+|contact\w+|conect\w+)\b.{0,25}\b(?:con )?(?:alguien|persona|una persona|don|dona|senor|senora|patron)\b",
        r"\b(?:eres|es|son|hablo con|usted es)\b.{0,15}\b(?:un )?(?:robot|bot|maquina|contestadora|grabadora)\b|\bpersona (?:real|de verdad)\b|\balguien (?:real|de verdad)\b|\bno quiero (?:hablar con )?(?:un |el )?(?:bot|robot)",
        r"\bme (?:pueden?|podrian?|puedes) (?:llamar|marcar)\b|\bllamame\b|\bmarcame\b|\bllameme\b|\bme marcan?\b|\bquien me (?:atiende|puede atender)",
    ),
    _topic(
        "complaint",
        r"\b(?:me )?(?:mandaron|trajeron|entregaron|enviaron|dieron|vendieron|cobraron|regresaron|devolvieron|dejaron|llegaron|llego|mandaste|trajo|mando|entrego|vendiste)\b.{0,60}\b(?:mal|mala|malo|malas|malos|equivocad\w+|podrid\w+|caducad\w+|echad\w+ a perder|rot[oa]s?|quemad\w+|manchad\w+|de menos|de mas|incomplet\w+|faltante|aguad\w+|negr[oa]s?|feo|fea|feas|feos|pasad\w+|vacio\w*|otra cosa|otro|otra|no era|golpead\w+|abiert\w+|suci[oa]s?|rasgad\w+|encogid\w+|magullad\w+|duro|dura|duros|duras|tirad\w+|apestos\w+|huele|olia|frio|fria|derretid\w+|sin)\b",
        r"\b(?:venia|venian|vino|vinieron|salio|salieron|estaba|estaban|llego|llegaron|quedo|quedaron|traia)\b.{0,45}\b(?:mal|mala|malo|malas|malos|podrid\w+|caducad\w+|echad\w+|rot[oa]s?|quemad\w+|manchad\w+|incomplet\w+|aguad\w+|negr[oa]s?|feo|fea|feas|feos|pasad\w+|agri[oa]s?|golpead\w+|abiert\w+|suci[oa]s?|rasgad\w+|encogid\w+|magullad\w+|dur[oa]s?|apestos\w+|peste|rancio|rancia|vieja|viejo|chafa|horrible|aplastad\w+|verde|congelad\w+|derretid\w+|helad\w+|descompuest\w+|mordid\w+|gusan\w+|bichos?|mosc\w+|chiquit\w+|ponchad\w+|tirad\w+|pegosteos\w+|percudid\w+|arrugad\w+|seca|seco|basura|tierra|crud[oa]s?)\b",
        r"\b(?:asi no se vale|no se vale|que poca|rebajad\w+|lamos\w+|vencid\w+|descompuest\w+)\b",
        r"\b(?:sabe|sabia|huele|olia|apesta|hiede|gotea|se tira|tira agua|no sirve|no sirvio|no funciona|no jala|no prende|no enciende)\b.{0,30}(?:\b(?:a|feo|mal|raro|horrible|cloro|rancio|podrido|humedad|quemado)\b|$)",
        r"\b(?:que|lo que) me (?:mandaron|mandaste|vendieron|vendiste|trajeron|trajiste|entregaron|dieron|enviaron|mando|vendio|trajo|entrego)\b(?!.{0,12}\bayer\b.{0,3}$)",
        r"\b(?:falto|faltaron|me falto|me faltaron|falta|faltan)\b.{0,40}\b(?:en mi|en el|del|de mi|pedido|entrega|orden|que pedi|que pague|llego)\b",
        r"\b(?:pesimo|pesima|malisimo|mal servicio|mala onda|muy mal|que mal|queja|reclam\w+|inconforme|reembolso|devolucion|devuelv\w+|estafa|robo|ratero\w*|rateros|transa\w*|se equivocaron|equivocaron|no es lo que pedi|no pedi eso|yo no pedi|no era lo que|pedi .{1,40} y me (?:mandaron|trajeron|llego|dieron|llegaron))\b",
        r"\bme cobraron\b.{0,30}\b(?:de mas|doble|mal|dos veces|otra)\b|\bcobraron de mas\b|\bcobro de mas\b|\bme (?:quemaron|mancharon|perdieron|rompieron|encogieron|despintaron|destineron|echaron a perder)\b|\bse me (?:perdio|perdieron)\b|\b(?:perdieron|perdio) (?:mi|una|un|mis)\b",
        r"\b(?:cambienm\w*|me lo cambian?|me la cambian?|me los cambian?|vengan por el|vengan por ella)\b.{0,30}\b(?:porque|venia|esta|sali\w+)\b",
    ),
    _topic(
        "cancel",
        rf"\bcancel\w*\b.{{0,20}}\b(?:todo|mi|el|la|este|lo|{_PEDIDO})\b",
        r"^(?:no )?(?:por favor )?(?:me )?cancel(?:a|ar|e|en|alo|elo|ame|eme|elo todo|a todo|ado|o)(?: (?:todo|por ?fa\w*|por favor|gracias|ya|entonces|mejor))*$",
        r"\b(?:ya no|siempre no|mejor no|mejor ya no)\b.{0,25}\b(?:voy a querer|quiero|mande\w*|manden|mandes|traiga\w*|ocupo|necesito|va a ser|pasen|vengan?)\b.{0,20}\b(?:nada|el pedido|mi pedido|por la ropa|por el|por mi|pedido|la orden|lo del pedido)\b",
        r"\bsiempre no\b(?=$|.{0,12}(?:gracias|disculp\w+|perdon|sorry|porfa|eh)$)|^(?:ya no|mejor no|siempre no|no ya no|mejor ya no)(?: gracias| porfa| nada| por favor)*$",
        r"\b(?:olvid[ae]lo|olvidele|olvidenlo|dejalo asi|dejelo asi|dejemoslo asi|ya no quiero nada|no quiero nada|anula\w*|borra todo|quita todo|elimina todo|ya no mande nada|ya no (?:me )?manden? nada|mejor no mande\w* nada|no (?:me )?mande\w* nada)\b",
        r"\bya no (?:lo|la|los|las) (?:quiero|mandes?|manden|traigan?|ocupo|necesito)\b(?! \w+ \w+)|\bya no pas(?:en|e)\b",
    ),
    _topic(
        "order_status",
        r"\bcuanto (?:le |me |les )?(?:falta|tarda|tardan|tardara)\b.{0,15}\b(?:mi|mis|el|la|pedido|llegar|para)\b",
        r"\bya (?:puedo|podemos|puede|podria) (?:pasar|recoger|ir)\b|\bya vien(?:es|en|e) o\b|\bpuedo (?:pasar|ir) (?:por|a recoger) (?:mi|mis|la|el)\b",
        rf"\b(?:donde|por donde|en donde|que paso|como va|como viene|estatus|status|rastre\w+|seguimiento)\b.{{0,35}}\b(?:{_PEDIDO}|repartidor|muchacho|chavo|viene|vienen|van|anda)\b",
        r"\b(?:ya|a que hora|cuando|cuanto (?:tarda|falta|le falta)|todavia|aun|no ha|no han|ya mero|como a que hora)\b.{0,25}\b(?:viene|vienen|llega|llegan|llegara|llegaran|sale|salio|salieron|mandaron|esta list[oa]|estan list[oa]s|esta mi|estan mis|trae|traen|llegado|salido|quedo|quedaron|entregan mi|me lo traen|me la traen|me traen|tarda mi|falta|faltaria|viene en camino|van a traer|va a llegar|va a estar|van a estar)\b.{0,30}(?:\bmi|\bel (?:pedido|mandado|repartidor|muchacho|material|agua|gas|chavo)|\bla (?:ropa|comida|despensa|orden)|$|\bpedido|\bmis|\blo que pedi|\bo no|\bno\?|\bel albanil|\bpara)",
        rf"\b(?:ya (?:esta|estan|estuvo|quedo|quedaron)|estara|estaran|ya esta(?:ra)?)\b.{{0,25}}\b(?:list[oa]s?|mi|mis|la ropa|{_PEDIDO})\b",
        rf"\b(?:no|todavia no|aun no|sigue sin|ni)\b.{{0,15}}\b(?:llega|llegan|ha llegado|han llegado|llego|me llega|me ha llegado|me llego|viene|vienen|han traido|me traen|aparece|ha pasado|han pasado)\b(?:.{{0,30}}\b{_PEDIDO}\b|.{{0,25}}$)",
        r"\b(?:llevo|tengo|llevamos)\b.{0,25}\besperando\b|\bsigo esperando\b|\bestado de(?: mi)? pedido\b|\bestado del pedido\b|\bmi pedido\b.{0,20}\b(?:viene|llega|sale|salio|va|esta|donde)\b|\bmi pedido\?*$|\bpedido (?:numero )?a?-?\d+\b",
        r"\bya (?:salio|viene|mero|vienen|va|van) (?:el|en|mi|con|para)\b.{0,25}",
    ),
    _topic(
        "coverage_query",
        r"\b(?:entregan|entrega|entregas|reparten|reparte|llegan|llega|llegas|mandan|manda|envian|envia|dan servicio|hay servicio|tienen servicio|tiene servicio|hacen envios?|hacen entregas?|surten|cubren|traen|vienen|llevan|pasan|servicio a domicilio|tienen envio|tienen reparto|reparto|entregas|cobertura|alcanza)\b.{0,35}\b(?:hasta|a la col\w*|en la col\w*|en|a|aca|aqui|por|para|al|hacia|al fracc\w*)\b (?:la |el |los |las |mi )?(?!(?:que|donde|como|cuanto|cuando|efectivo|domicilio$|la (?:tarde|noche|manana))\b)(?:colonia|col|fracc\w*|unidad|zona|rumbo|centro|san|santa|lomas|villa|villas|barrio|pueblo|casa|domicilio|aca|aqui|hasta|metepec|[a-z]{4,})\b(?=.*\?|$|.{0,40}$)",
        r"\b(?:cuanto|que|costo|precio|cobra\w*|cobran|sale|gratis|tiene costo|minimo)\b.{0,25}\b(?:envio|domicilio|entrega|reparto|flete|servicio a domicilio|llevar|mandar|mandarlo|traer(?:lo|melo)?)\b",
        r"\b(?:envio|entrega|domicilio|flete|reparto)\b.{0,15}\b(?:gratis|cuesta|cuanto|costo|incluid\w+|cobran|sin costo)\b|\bzona de (?:entrega|cobertura|reparto)\b|\bhasta donde (?:llegan|entregan|reparten|mandan)\b|\b(?:tienen|tiene|hay|hacen|hace|manejan|dan) (?:servicio |entrega\w* |envios? |reparto )?a domicilio\b|\bminimo de compra\b|\bcompra minima\b|\bpedido minimo\b",
        r"\bsi (?:me )?(?:los|lo|las|la)? ?(?:traen|llegan|llevan|mandan|entregan|vienen)\b.{0,10}\b(?:a|hasta|en)\b.{0,40}",
        firm=False,
    ),
    _topic(
        "hours_query",
        r"\b(?:a que hora|que hora|hasta que hora|desde que hora|de que hora|a que horas|hasta que horas|que horario|horario\w*|que dias|hasta cuando|a partir de que hora|en que horario|como a que hora)\b",
        r"\b(?:abren|abrir|abrira|cerrar|cierran|abre|cierra|abriran|cerraran|trabajan|atienden|laboran|estan abiertos|esta abierto|siguen abiertos|sigue abierto|estaran abiertos|ya abrieron|ya cerraron|ya cerro|ya abrio|abierto|abiertos|cerrado)\b",
        r"\b(?:tienen|hay|dan|habra|tendran) servicio\b.{0,20}\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|hoy|manana|festivos?)\b|\btodavia (?:alcanzo|alcanza|hay servicio|dan servicio|estan|entregan|reparten)\b|\baun (?:alcanzo|entregan|estan|reparten)\b|\balcanzo (?:a|todavia|hoy)\b|\b(?:entregan|reparten|pasan|hay entrega|entregas|mandan|trabajan|hay servicio)\b.{0,15}\b(?:hoy|manana|domingos?|sabados?|lunes|festivos?|dias|noche|tarde|temprano)\b|\bcuando (?:pasan|entregan|abren|reparten|surten)\b",
        firm=False,
    ),
    _topic(
        "payment_query",
        r"\b(?:aceptan|acepta|aceptas|reciben|recibe|recibes|manejan|maneja|tienen|tiene|se puede|puedo|puede|pueden|podria|cobran|cobras|cobra|hay|dan|traen|traes|trae)\b.{0,25}\b(?:tarjeta\w*|transferencia\w*|efectivo|vales|terminal|credito|fiado|spei|pago|pagar|pagarle|pagarte|deposit\w+|factura|facturan|dolares|codi|mercado ?pago|oxxo|paypal|bbva|meses)\b",
        r"\b(?:clabe|numero de cuenta|cuenta para|datos (?:bancarios|para (?:el )?(?:deposito|transferir|transferencia|pago|depositar))|formas? de pago|metodos? de pago|como (?:le |te |se |les )?(?:pago|paga|puedo pagar|pagamos|pagaria)|a que cuenta|a donde (?:deposito|transfiero)|numero de tarjeta|para depositar\w*|para transferir\w*|facturan|hacen factura|dan factura|emiten factura)\b",
        r"\bme (?:fia|fias|fian|aguanta|aguantas|aguantan|presta)\b|\bfiad[oa]\b|\bfian\b|\b(?:se|le|les|te) puede pagar\b|\b(?:tarjeta|transferencia)\b.{0,10}\?$|\ble pago (?:el|la|manana|luego|despues|en)\b|\bpagar(?:le|te|les)? (?:con|por|en|hasta|el|la|despues|manana|cuando)\b",
        firm=False,
    ),
    _topic(
        "catalog",
        r"\b(?:que|cuales|que tipo de|que clase de|que otros?|que otras?|todo lo que|lo que|cuales son los) (?:\w+ ){0,2}?(?:productos?|cosas|articulos|mercancia|servicios?|marcas|sabores|presentaciones|cortes|ofertas|promociones|promos|pescados?|frutas?|verduras?|carnes?|pan|panes)\b.{0,25}(?:\b(?:tiene\w*|tienes|maneja\w*|vende\w*|hay|ofrece\w*|hacen|dan|trae\w*|llego|llegaron|hoy)\b|$)",
        r"\b(?:catalogo|lista de (?:precios|productos|servicios|lo que)|su lista|tu lista|la lista|carta|folleto|listado|tarifas?|tarifario|ver productos|ver todo|lista completa|ver catalogo)\b",
        r"\b(?:que|ke) (?:vende\w*|venden|maneja\w*|ofrece\w*|tiene\w* (?:de|hoy|para|a la venta|disponible)|tienes (?:de|hoy)|hay (?:de|hoy)|hay$|tiene$|tienen$|tienes$|trae\w* hoy|hacen|cosas)\b|\btodo lo que (?:tiene\w*|maneja\w*|vende\w*|hay)\b|\bque promociones\b|\blo que (?:tiene\w*|hay|maneja\w*) (?:hoy|disponible)\b",
        firm=False,
    ),
    _topic(
        "repeat_order",
        r"\b(?:lo|el|la|los) (?:mismo|misma|mismos|de siempre)\b.{0,30}\b(?:de|que|pedido|vez|siempre|ayer|antes|anterior|sabado|lunes|semana|pasad\w+|porfa|favor|orden)?\b",
        r"\b(?:repit\w*|repet\w+|repeti\w+)\b|\botra vez (?:lo mismo|mi pedido|el pedido|igual)\b|\b(?:igual|lo mismo) que\b|\blo de (?:siempre|la vez pasada|cada (?:semana|ocho dias|lunes|mes|sabado))\b|\bel de siempre\b|\bmi pedido de siempre\b|\b(?:mismo|mi ultimo|ultimo|anterior) pedido\b|\bpedido (?:anterior|pasado|de ayer|de siempre|de la semana)\b|\bcomo siempre$|\blo que (?:pedi|encargue|compre|llevo|le pedi|te pedi|les pedi|siempre (?:pido|llevo))\b|\bigualit[oa]\b",
        firm=False,
    ),
    _topic(
        "menu",
        r"^(?:el |al |ir al |ver (?:el )?|regresar al |volver al |regresa al |muestrame el |manda(?:me)? el |ver |quiero (?:ver )?el |abrir |dame el )?(?:menu(?: principal)?|inicio|opciones|volver|regresar|atras|principal)(?: por ?fa\w*| por favor)?$",
        r"\b(?:menu|opciones)\b(?=.{0,15}$)|\b(?:volver|regresar|regresa|regreso) (?:al|a el|a) (?:menu|inicio|principio|las opciones)\b",
        firm=False,
    ),
    _topic(
        "help",
        r"^(?:necesito )?(?:ayuda|help|auxilio|sos)(?: por ?fa\w*| por favor| me urge)?$|\b(?:como (?:le hago|hago|se hace|se pide|pido|puedo pedir|le hacemos|funciona|se usa|le puedo pedir|ordeno|hago (?:un|mi) pedido|hacer (?:un|mi) pedido|le doy)|no (?:le )?entiendo|no se como|no se usar|que hago|no me deja|me explica\w*|me ayudas?|ayudame|me puede\w* ayudar|instrucciones)\b",
        firm=False,
    ),
    _topic(
        "price_query",
        r"\b(?:cuanto|cuantos?) (?:es|sale|seria|cuesta\w*|vale\w*|cobra\w*|esta|estan|me sale|me cobra\w*|por|va a ser|va a salir|le debo|te debo|debo|son|el|la|los|las|tiene|da|de todo|todo|en total|saldria|costaria)\b|\b(?:a como|a cuanto|en cuanto|que precio|precios?|costos?|cotiza\w*|cotizacion|presupuesto|total a pagar|cual es el total|cuanto$|how much|descuento|rebaja|mas barato|mayoreo|es lo menos|lo menos)\b",
        r"\bsigue\w* (?:en|a|costando)\b|\b\d+ el (?:kilo|litro|metro|paquete|manojo)\b",
        firm=False,
    ),
    _topic(
        "price_query",
        r"\b(?:todavia|aun|si|no|ya)? ?(?:tiene|tienes|tienen|hay|habra|tendra|tendras|tendran|manejas|maneja|manejan|vende|vendes|venden|queda|quedan|traes|trae)\b",
        firm=False,
    ),
)

AVAILABILITY = TOPICS[-1]
"""*tiene*, *hay*: a question only where something is asked."""
ADDRESS = re.compile(
    r"\b(?:calle|avenida|av|privada|priv|colonia|col|andador|fracc\w*|blvd|boulevard|calzada|edificio|depto|departamento|int|interior|manzana \d+|mz|lote|callejon|cerrada|porton|esquina con|entre (?:la )?calle\w*|numero \d+|num \d+|cp|casa (?:color|de color|blanca|verde|azul|amarilla|rosa|roja)|frente a|a un lado de|junto a|al lado de|a la vuelta|enfrente de|atras de|mi (?:direccion|ubicacion|domicilio) es|(?:te|le|les) (?:paso|mando|envio|comparto) (?:la|mi) (?:ubicacion|direccion)|la (?:direccion|ubicacion) es|vivo en|estamos en|estoy en|entregar en|es en)\b"
)
GREETING = re.compile(
    r"^(?:(?:hola|ola|holi\w*|hello|hi|hey|buen\w*|wenas|bonit[oa]|dias?|tardes?|noches?|que tal|que onda|que rollo|que hubo|quiubo\w*|que hay|que paso|como (?:esta\w*|le va|andan?|te va)|saludos|alo|diga|bueno|oiga|oye|disculpe|buenas|excelente|dia|vecin\w+|don|dona|joven|senor\w*|amig[oa]s?|guer\w+|jef[ea]\w*|maestr[oa]|marchant\w+|compadre|comadre|seno|carnal|primo|tia|tio|patron\w*|a todos|ahi|por ahi|alguien|muy|las|los|y|que|se|le|hay|tal|onda|muy|lindo|feliz|inicio|semana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|[a-z]+ita|[a-z]+ito|lupita|chuy|beto|pancho|bendecid[oa]|a|espero|este\w*|bien|les|desea\w*)\b ?)+$"
)
GREETING_WORD = re.compile(r"\b(?:hola|holi\w*|hello|hey|hi|buen(?:os|as)? (?:dia|dias|tardes?|noches?)|buenas|que (?:onda|tal|rollo|hubo)|quiubo\w*|saludos)\b")
THANKS = re.compile(r"\b(?:gracias|muchas gracias|mil gracias|agradec\w+|thank\w*|dios (?:se lo|te lo) pague|muy amable\w*|ya (?:me )?llego|todo (?:muy )?bien|excelente servicio|muy rico|estuvo (?:muy )?\w+)\b")
GOODBYE = re.compile(
    r"\b(?:adios|bye|bai|hasta (?:luego|manana|pronto|la proxima|el \w+)|nos vemos|nos estamos viendo|que (?:este|tenga|pase|descans\w+|le vaya)\w* .{0,20}|cuidese|cuidate|chao|luego nos vemos|ahi nos vemos|buen (?:fin|provecho|descanso)|que descans\w+|saludos a|ahi la vemos|see you)\b"
)
CONFIRM = re.compile(
    r"^(?:(?:si|sip|sipi|simon|claro|ok|okay|okey|oki|okis|va|vale|sale|dale|listo|perfecto|correcto|exacto|asi|mero|fierro|pariente|quedo|quedamos|sobres|jalo|jalamos|esta|bien|por|supuesto|de|acuerdo|confirmo|confirmado|confirmar|confirma|confirmamos|confirmelo|acepto|adelante|eso|es|todo|andale|orale|arre|ya|quedo|excelente|favor|porfa|gracias|senorita|joven|señor|senor|que|la|el|pedido|muy|me|parece|jalo|juega|yes|yep|yeah|aja|aha|afirmativo|seria|nada|mas|mandalo|mandelo|mandalos|mandenlo|manda|traelo|traigalo|sin|problema|cierto|super|genial|con|gusto|esa|ese|esta|este|va que va|pues|queda|correctisimo|si si|amigo|amiga|jefe|vecina|vecino|don|dona|guero|guera|entonces|bueno|hagale|hecho|seguro|tal cual|cual|tal|como|lo dices|asi es|procede|proceda|y|lo|quiero|a|domicilio)\b ?)+$"
)
CONFIRM_CORE = re.compile(r"\b(?:si|sip|sipi|simon|claro|ok|okay|okey|oki|okis|va|vale|sale|dale|listo|perfecto|correcto|exacto|confirm\w+|acepto|adelante|andale|orale|arre|de acuerdo|esta bien|asi|fierro|sobres|yes|yep|yeah|aja|aha|afirmativo|eso es|jalo|juega|mandal\w*|mandel\w*|super|proced\w|hagale|cierto|seguro)\b")
DENY = re.compile(
    r"^(?:(?:no|nop|nope|nel|nah|nones|ni|asi|para|nada|negativo|gracias|por|favor|porfa|todavia|aun|ahorita|mejor|esta|mal|incorrecto|eso|es|ese|esa|este|correcto|quiero|pues|la|verdad|senorita|joven|ahora|momento|de|ninguno|ninguna|tampoco|hoy|aqui|asi no|lo|creo|que|n)\b ?)+$"
)
INTERROGATIVE = re.compile(r"^(?:oig[ao] |oye |disculp\w+ |hola |una pregunta |perdon )*(?:como|por que|cual|cuales|donde|quien|cuando|que)\b")
DENY_START = re.compile(r"^(?:nel|nop|nope|nones|negativo)\b")
DENY_CORE = re.compile(r"\b(?:no|nop|nope|nel|nah|nones|negativo|incorrecto|tampoco|ninguno|ninguna|esta mal)\b")
POSITIVE_SIGNS = frozenset("👍👌✅🆗💯✔☑🙌")
NEGATIVE_SIGNS = frozenset("👎❌🚫✖")
THANKS_SIGNS = frozenset("🙏🤝")
HELLO_SIGNS = frozenset("👋")
