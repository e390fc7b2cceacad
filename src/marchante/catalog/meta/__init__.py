"""The shop's products in its Meta catalog, so that customers fill a cart inside WhatsApp."""
