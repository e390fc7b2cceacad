/** Example places a customer can share; approximate points of well-known neighbourhoods. */

export const PLACES = [
  { name: "Casa", address: "Centro, Culiacán, Sinaloa", latitude: 24.8087, longitude: -107.3942 },
  { name: "Trabajo", address: "Tres Ríos, Culiacán, Sinaloa", latitude: 24.8262, longitude: -107.4014 },
  { name: "Parque Juárez", address: "Centro, Xalapa, Veracruz", latitude: 19.5272, longitude: -96.9238 },
  { name: "Jardín Hidalgo", address: "Coyoacán, Ciudad de México", latitude: 19.3497, longitude: -99.1622 },
];
