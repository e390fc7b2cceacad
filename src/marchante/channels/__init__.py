"""Ways to reach a customer. Today one: WhatsApp."""
