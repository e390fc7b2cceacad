"""Mexican names for one and the same thing.

`SYNONYMS` holds what can be swapped freely and is tried when the shop lacks the customer's own words. `WIDER` adds
further readings to a word that means several things, even where the shop has the word itself.
"""

from marchante.understanding.normalize import without, word_key

_SAME = """
jitomate, tomate rojo, tomate guaje, tomate bola, tomate saladet
tomate verde, tomatillo, tomate de cascara, tomate milpero, miltomate
huevo, blanquillo, guevo, egg
queso oaxaca, quesillo, queso de hebra, queso hebra
frijol peruano, frijol mayocoba, frijol amarillo
frijol negro, frijol veracruz
papel higienico, papel de bano, papel sanitario, papel del bano, rollo de bano
servilleta, servilleta de papel
pasta dental, pasta de dientes, crema dental, pasta para dientes
detergente, jabon en polvo, jabon de polvo, jabon para lavadora, jabon para la lavadora
lavatrastes, jabon de trastes, jabon para trastes, jabon para los trastes, lavaloza, jabon de los trastes, lava trastes
suavizante, suavitel, downy, ensueno
cloro, cloralex, blanqueador
limpiador de pino, pinol
limpiador multiusos, fabuloso, poett
shampoo, champu, shampu
cerillo, cerillos, fosforo
refresco, soda, gaseosa
popote, pitillo
pan de caja, pan de molde, pan tostador, pan bimbo
bolillo, birote, virote, pan frances, pan blanco salado
telera, pan de torta, pan para torta
cuerno, cuernito, croissant, cuernos
dona, donut
concha, pan de concha
panque, panquecito, mantecada
cacahuate, mani
betabel, remolacha
chicharo, arveja, guisante
ejote, vaina, judia verde
elote, mazorca, maiz tierno
aguacate, palta, avocado
camote, batata, boniato
calabacita, calabaza, calabacin, zucchini
col, repollo
lechuga romana, lechuga orejona, lechuga larga
lechuga bola, lechuga iceberg, lechuga repollada
chile jalapeno, cuaresmeno, chile cuaresmeno
chile poblano, chile para rellenar, chile de rellenar, chile relleno
champinon, hongo, seta, champi
limon, lima limon, lime
platano, banana, banano, guineo
naranja, orange
fresa, strawberry
toronja, pomelo
durazno, melocoton
papa, patata, potato
cebolla cambray, cebollita cambray, cebollita de rabo, cebolla de rabo, rabo de cebolla
cilantro, culantro
hierbabuena, yerbabuena, hierba buena, yerba buena
pollo, chicken
res, beef, vaca
cerdo, puerco, marrano, cochino, pork
bistec, bisteck, bistek, beefsteak, bisteces, bistek
carne molida, molida, picadillo, carne para picadillo, carne de hamburguesa, carne para hamburguesas
chuleta, chuletita
costilla, costillita, ribs
longaniza, chorizo largo
alita, ala, alitas, wings
pechuga, pechuguita
muslo, muslito
higado, higadito
molleja, mollejita
menudo, panza, pancita, pata y panza
tocino, bacon
camaron, gamba, shrimp, camaroncito
pulpo, octopus, pulpito
jaiba, cangrejo
huachinango, guachinango, pargo rojo, red snapper, wachinango
mojarra, tilapia
ceviche, cebiche, seviche
ostion, ostra
pluma, boligrafo, lapicero, birome
goma, borrador, goma de borrar
cuaderno, libreta
sacapuntas, afilalapiz
plumon, marcador
marcatextos, resaltador, marcador fluorescente, subrayador
resistol, pegamento blanco, pegamento liquido
lapiz adhesivo, pritt, pegamento en barra, pegamento de barra
cinta adhesiva, diurex, cinta transparente, durex
folder, carpeta de papel
color, lapiz de color, crayon de madera, pinturitas
crayola, crayon, crayones
hoja blanca, hoja bond, hoja de maquina, papel bond, hoja para imprimir, hoja de impresora
foami, fomi, foamy, goma eva
trapeador, mechudo, mopa, trapiador
jerga, trapo para piso, trapo de piso
fibra, estropajo, zacate, esponja para trastes, fibra para trastes
recogedor, cogedor
cubeta, balde, tina
limpiavidrios, windex, limpia vidrios
bolsa de basura, bolsa para basura, bolsa para la basura, bolsa negra, bolsas basura
insecticida, mata moscas, matamoscas, raid
croqueta, croqueta de perro, alimento para perro, comida de perro, comida para perro, dog food, alimento de perro
croqueta gato, alimento para gato, comida para gato, comida de gato, croqueta de gato, croqueta para gato, alimento gato
arena para gato, arena de gato, arena gato, arena sanitaria
perro, perrito, lomito, firulais, dog
gato, gatito, michi, minino, cat
cachorro, cachorrito, puppy
alpiste, comida de pajaro, comida para pajaro, alimento para ave
tortilla, tortillita
totopo, nacho, totopito
tortilla de harina, tortillina, tortilla harina
masa, masa de maiz, masa para tortilla, nixtamal
foco, bombilla, bombillo
apagador, interruptor, switch
contacto, enchufe, tomacorriente
soquet, socket, portalampara
cinta de aislar, cinta aislante, tape
flexometro, cinta metrica, metro para medir
desarmador, destornillador
thinner, tiner, adelgazador
impermeabilizante, imper
pegazulejo, pegapiso, adhesivo para piso
cal, calhidra, calidra
manguera coflex, coflex
wc, taza, taza del bano, taza de bano, inodoro, excusado
llave de jardin, llave de manguera, llave de nariz
sueter, sweater, sueters
chamarra, jacket, chaqueta
edredon, colcha, cobertor edredon
cobija, cobertor, frazada
tenis, sneakers, zapatilla deportiva
bastilla, dobladillo, ruedo
pantalon, jeans, pantalon de mezclilla
abrigo, gabardina
garrafon, botellon, garrafoncito, bidon de agua
hielo, ice
auto, carro, coche, automovil
limpiapisos, limpiador de piso, limpiador para piso, limpia pisos
bebida hidratante, gatorade, suero
agua mineral, topo chico, agua con gas
leche, milk
pan, bread
arroz, rice
azucar, sugar
queso, cheese
jamon, ham
agua, water
jugo, juice, nectar
crema, sour cream
salchicha, hot dog, salchichita, wini, winis, weenie, wienie
yogur, yoghurt, yogurt, danone
galleta, cookie
pastel, cake, torta dulce
spaghetti, espagueti, spageti
consome, caldo de pollo en cubo, cubo de pollo, knorr suiza, caldito de pollo
cafe soluble, nescafe, cafe instantaneo
sopa instantanea, maruchan, sopa de vaso
ropa, lavanderia
deslactosada, sin lactosa
zero, sin azucar, light, cero
matrimonial, doble plaza
planchado, planchar, planchada, para planchar, planche, planchen, planchadito
lavado, lavar, lavada, laven, lave, lavenme, lavame
tintoreria, lavado en seco, lavar en seco, en seco
vestido de noche, vestido de fiesta, vestido largo, vestido de gala
vestido de xv anos, vestido de quinceanera, vestido de quince anos, vestido de xv, vestido de quince
traje 3 piezas, traje con chaleco
con envase, con todo y envase, con casco, nuevo
recarga, rellenar, relleno, para rellenar, rellenas, rellenen
envase, casco
vacio, sin agua
papas fritas, papitas
"""

_WIDER = """
tomate: jitomate
sopa: spaghetti, pasta
pasta: spaghetti, sopa, fideo
jabon: detergente
verduras: verdura
comida: croqueta, alimento
coca: cocacola
alimento: croqueta
lapicero: pluma
chela: cerveza
"""


_LINKING = frozenset(["de", "del", "la", "el", "los", "las", "en", "para", "y"])


def name_keys(phrase: str) -> tuple[str, ...]:
    """Give the sounds of a name's words, leaving out those that only link."""
    keys = [word_key(word) for word in phrase.split() if word not in _LINKING]
    return tuple(without(key) if place and keys[place - 1] == "sin" else key for place, key in enumerate(keys) if key != "sin")


def _groups() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    groups: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in _SAME.strip().splitlines():
        names = tuple(dict.fromkeys(name_keys(name) for name in line.split(",")))
        for name in names:
            others = tuple(other for other in names if other != name)
            groups[name] = tuple(dict.fromkeys(groups.get(name, ()) + others))
    return groups


SYNONYMS = _groups()
"""Keys of one name → keys of the other names of the same thing."""
LONGEST_SYNONYM = max(map(len, SYNONYMS))
WIDER: dict[str, tuple[str, ...]] = {
    word_key(word): tuple(word_key(other.strip()) for other in others.split(","))
    for word, _, others in (line.partition(":") for line in _WIDER.strip().splitlines())
}
"""One key → keys it may also mean, even where the shop has the word itself."""
