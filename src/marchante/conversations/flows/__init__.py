"""The flows: their states with their questions, and what their buttons do. A large flow has several files.

welcome           the main menu                    registration      where the customer is, field by field
customer_details  surnames, name, e-mail           coverage          whether the shop comes to a place
order             browsing, which, choosing, fillings, details, delivery, slots, summary, changes, amending, resuming
placed orders     placed_orders, reopened, order_question, after_order
addresses         address_book, address_fields     money             transfers, invoicing
price_query       prices asked for by name         order_status      the last orders and what happens next
human_service     a person answers; capturing      survey            how the order was
help              what the bot can do              error_handling    not understood, arrived late
exit              thanks, farewells, no more promotions
repeat_order, shop_facts                           answers that lead into the states above
"""
