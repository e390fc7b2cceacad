"""One file per flow: its states with their questions, and what its buttons do.

    welcome        the main menu                     order          browsing, choosing, delivery, summary, changes
    price_query    prices asked for by name          order_status   the last orders and what happens next
    human_service  a person answers                  help           what the bot can do
    error_handling not understood, arrived late      exit           thanks and farewells
    repeat_order, shop_facts                         answers that lead into the states above

Registration, customer details, coverage and surveys get a file each when they come.
"""
