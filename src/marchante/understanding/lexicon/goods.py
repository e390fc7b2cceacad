"""Nouns of the trade: what makes something up (`MATERIALS`) and what shops sell (`GOODS`).

A material alone never names a product made of it: *jitomate* is not *puré de tomate*. A word in `GOODS` is never taken
for a misspelling of another: *melón* is not *limón*.
"""

from marchante.understanding.normalize import word_key


def _keys(words: str) -> frozenset[str]:
    return frozenset(word_key(word) for word in words.split())


MATERIALS = _keys(
    "tomate jitomate pollo res cerdo puerco pavo camaron atun pescado chocolate fresa vainilla durazno coco limon naranja "
    "mango pina uva manzana guayaba tamarindo jamaica maiz harina trigo arroz avena leche queso crema mantequilla jamon "
    "ajo cebolla nuez almendra cacahuate cafe canela miel azucar sal huevo nata cajeta zarzamora mora sandia melon platano "
    "hueso carne agua aceite plastico madera metal acero papel pvc cpvc cobre algodon piel cuero vidrio unicel carton "
    "perro gato ave pez caballo bano cocina ropa traste trastes piso pelo mano manos cuerpo cara menta lavanda pino floral "
    "frambuesa cereza toronja horchata arandano amaranto ajonjoli chia hielo gas fierro aluminio tela hilo lana cera "
    "pasta_ verdura verduras fruta frutas legumbre mayonesa mostaza adobo mole chamoy picante jalapeno_ salmon cachorro "
    "cachorros adulto adultos bebe vinil grafito colores color raya cuadro rayas"
)
CUTS = _keys(
    "filete pechuga pierna muslo milanesa bistec bisteck bistek chuleta costilla lomo molida carne trozo medallon posta "
    "alita ala retazo espinazo maciza pulpa fajita falda suadero cecina arrachera hueso higado corazon molleja pata "
    "huacal rajas bola pieza rebanada tira corte cuete aguja diezmillo sirloin ribeye tbone cabeza cola lonja"
)
FORMS = _keys(
    "bolsa caja paquete frasco lata botella bote manojo charola cabeza sobre tubo rollo barra cartera juego set kit par "
    "garrafa cubeta costal bulto saco tira pieza orden kilo litro medio media cuarto docena ciento domo racimo ramo "
    "manojito rebanada trozo filete servicio hoja pliego mata bolsita botella paquete"
)
"""In a name such words say how it comes; the noun after them says what it is."""
CONTAINERS = _keys("paquete caja bolsa kit set juego orden servicio pieza kilo litro")
"""The least telling of them."""
GOODS = _keys(
    " jugo jugos refresco soda agua suero cerveza caguama  "
    " leche crema yogur yoghurt queso quesillo jamon salchicha huevo huevos arroz frijol azucar "
    "sal aceite harina sopa fideo pasta atun sardina chile rajas chipotle mayonesa mostaza catsup salsa pure consome  "
    " cafe chocolate avena cereal tortilla pan bolillo telera concha cuernito dona galleta papas "
    " chicharron papel servilleta jabon detergente suavizante cloro shampoo champu "
    "desodorante rastrillo pasta cepillo panal toalla veladora vela cerillo cerillos encendedor pila foco croqueta croquetas "
    "jitomate tomate tomatillo cebolla papa zanahoria calabacita calabaza chayote ejote betabel camote nopal pepino "
    "aguacate limon platano manzana naranja papaya "
    "sandia mango fresa guayaba ajo elote lechuga brocoli coliflor col repollo pina melon cilantro perejil epazote espinaca "
    "apio champinon jicama uva uvas pera durazno ciruela kiwi mandarina toronja tuna granada rabano acelga verdolaga quelite "
    "huitlacoche haba chicharo lenteja garbanzo mamey tejocote cana cacahuate nuez pasa arandano mora frambuesa zarzamora higo "
    "datil coco jengibre menta hierbabuena albahaca romero tomillo laurel oregano comino pimienta canela vainilla "
    "pollo pechuga pierna muslo alita ala higado molleja huacal res bistec molida chuleta costilla chorizo longaniza tocino "
    "cecina arrachera milanesa lomo cerdo puerco carnita carnitas barbacoa chamorro manitas cueritos pancita menudo moronga "
    "suadero maciza retazo tuetano hueso lengua machaca salchichon peperoni mortadela pavo pato conejo borrego chivo cabrito "
    "camaron pulpo calamar ostion almeja jaiba pescado filete tilapia mojarra huachinango robalo sierra atun salmon bagre cazon "
    "trucha lisa mero pargo marlin surimi langosta langostino callo ceviche coctel caviar bacalao charal acocil "
    "cuaderno libreta lapiz pluma boligrafo lapicero goma borrador sacapuntas tijeras pegamento cartulina "
    "plumon marcador crayola color colores regla compas escuadra transportador engrapadora grapas clip clips folder carpeta "
    "sobre cinta diurex hojas papeleria monografia mapa biografia mochila estuche calculadora corrector acuarela pincel foami "
    "plastilina resaltador postit perforadora bicolor marcatextos gis copias impresion "
    "escoba trapeador mechudo jerga cubeta recogedor fibra estropajo esponja guantes franela atomizador sarricida lavatrastes "
    " limpiavidrios desengrasante aromatizante insecticida bolsas "
    " ganador arena alpiste correa collar premio carnaza hueso pecera sobre "
    "masa totopo totopos tostada tostadas nixtamal sope sopes tlacoyo gordita tamal tamales atole salsa guacamole pico "
    "pastel gelatina flan rebanada empanada oreja polvoron cocol mantecada panque cupcake bisquet chilindrina campechana trenza "
    "rosca cuerno baguette birote virote semita hojaldra buñuelo churro pay brownie rol roles volcan moño novia garibaldi "
    "clavo tornillo taquete pija cemento cal varilla alambre cable apagador contacto soquet teflon codo llave coflex pintura "
    "esmalte brocha rodillo thinner lija silicon flexometro martillo desarmador pinzas segueta candado cerradura bisagra "
    "manguera tinaco bomba tubo impermeabilizante yeso arena grava ladrillo block broca taladro extension clavija socket chapa "
    "garrafon envase hielo botellita base dispensador "
    "camisa pantalon traje saco blusa falda vestido sueter chamarra abrigo corbata edredon cobija almohada tenis cortina "
    "cortinas mochila tapete sabana playera sudadera uniforme chaleco gabardina colcha mantel bastilla cierre ropa zapatos "
    "cigarro cigarros tequila mezcal vino ron vodka aspirina paracetamol alcohol curitas algodon gasa "
    "condones chicle paleta helado nieve dulce gomitas mazapan palomitas  "
    " mermelada cajeta miel gelatina flan "
    "margarina mantequilla manteca vinagre grano maiz pozole pañuelos alimento comida "
    "tortillinas burritos pizza hamburguesa torta tacos soya tofu granola barra lavanda manzanita  "
    " vive100 topochico mineral  "
)
BRANDS = _keys(
    "panela serrano jalapeno poblano habanero chilaca guajillo ancho pasilla arbol morita piquin "
    "manchego chihuahua cotija requeson asadero doblecrema mozzarella "
    "crepe lustre celofan china kraft bond coca cocacola pepsi sprite fanta sidral boing electrolit victoria corona tecate modelo maruchan takis gansito knorr nescafe "
    "suavitel cloralex pinol fabuloso resistol pritt axion salvo ariel ace roma foca vanish windex raid whiskas pedigree chow "
    "nupec dogui purina campeon marlboro delicados doritos cheetos ruffles fritos barcel bimbo marinela gamesa nutella lechera "
    "clavel carnation maseca totis sabritas kleenex squirt jarrito gatorade powerade volt monster redbull ciel bonafont epura "
    "danone yakult chamito churrumais pulparindo ajax lala alpura nido fud zwan san bafar kir chimex tuny dolores herdez costena "
    "jumex valle delvalle indio xx superior heineken stella barrilito colgate palmolive zote ensueno downy persil viva bold"
)
"""Names that say whose it is: of another brand than the shop's, it is another product."""
