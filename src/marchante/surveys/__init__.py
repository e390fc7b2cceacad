"""How the order was: asked once, some time after it was delivered."""
