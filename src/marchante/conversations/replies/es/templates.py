"""What is said outside the 24-hour window. Each shop registers these templates with Meta; their names are part of the
contract. One wording serves shops that say tú and shops that say usted.
"""

from marchante.channels.whatsapp.template_definition import TemplateDefinition

_ORDER = ("folio", "A-0042")

NEW_ORDER = TemplateDefinition(
    "nuevo_pedido",
    "Pedido nuevo {{folio}} de {{customer}} por {{total}}. Revísalo en tu panel de pedidos.",
    (_ORDER, ("customer", "Lupita Hernández"), ("total", "$142.00")),
)
ON_ITS_WAY = TemplateDefinition(
    "pedido_en_camino", "El pedido {{folio}} de {{shop}} ya va en camino.", (_ORDER, ("shop", "Abarrotes Lupita"))
)
READY = TemplateDefinition(
    "pedido_listo",
    "El pedido {{folio}} de {{shop}} ya está listo para recoger.",
    (_ORDER, ("shop", "Abarrotes Lupita")),
)
CANCELLED = TemplateDefinition(
    "pedido_cancelado",
    "El pedido {{folio}} de {{shop}} quedó cancelado. Cualquier duda, por aquí la resolvemos.",
    (_ORDER, ("shop", "Abarrotes Lupita")),
)
RECEIPT_REJECTED = TemplateDefinition(
    "comprobante_no_valido",
    "No pudimos validar el comprobante del pedido {{folio}} de {{shop}}. Con una respuesta por aquí lo revisamos.",
    (_ORDER, ("shop", "Abarrotes Lupita")),
)
SURVEY = TemplateDefinition(
    "encuesta_pedido",
    "¿Qué tal estuvo el pedido {{folio}} de {{shop}}? Se responde con un número del 1 (muy mal) al 5 (excelente).",
    (_ORDER, ("shop", "Abarrotes Lupita")),
)
ORDER_LATE = TemplateDefinition(
    "pedido_retrasado",
    "El pedido {{folio}} de {{shop}} va un poco atrasado; lo seguimos preparando. Cualquier duda, por aquí.",
    (_ORDER, ("shop", "Abarrotes Lupita")),
)
ORDER_QUESTION = TemplateDefinition(
    "pedido_por_confirmar",
    "Falta confirmar un cambio del pedido {{folio}} de {{shop}}. Basta responder a este mensaje para verlo.",
    (_ORDER, ("shop", "Abarrotes Lupita")),
)
ORDER_CHANGED = TemplateDefinition(
    "pedido_cambiado",
    "El pedido {{folio}} de {{customer}} cambió: {{changes}}. Revísalo en tu panel de pedidos.",
    (_ORDER, ("customer", "Lupita Hernández"), ("changes", "+ 1 kg Limón")),
)
ACCEPTED = TemplateDefinition(
    "pedido_aceptado",
    "Recibimos el pedido {{folio}} de {{shop}} por {{total}}. Avisamos cuando esté listo.",
    (_ORDER, ("shop", "Abarrotes Lupita"), ("total", "$142.00")),
)
REMINDER = TemplateDefinition(
    "pedido_recordatorio",
    "Recordatorio: el pedido {{folio}} de {{shop}} está programado para {{when}}. Si hay cambios, por aquí los vemos.",
    (_ORDER, ("shop", "Abarrotes Lupita"), ("when", "mañana de 9 a 11 a.m.")),
)
CAMPAIGN = TemplateDefinition(
    "campana",
    "Novedades de {{shop}}: {{news}} Para pedir, basta responder a este mensaje.",
    (("shop", "Abarrotes Lupita"), ("news", "esta semana el kilo de jitomate está a $18.")),
    category="MARKETING",
    footer="Con BAJA ya no llegan promociones.",
)
ALL = (
    NEW_ORDER,
    ON_ITS_WAY,
    READY,
    CANCELLED,
    RECEIPT_REJECTED,
    SURVEY,
    ORDER_LATE,
    ORDER_QUESTION,
    ORDER_CHANGED,
    ACCEPTED,
    REMINDER,
    CAMPAIGN,
)
