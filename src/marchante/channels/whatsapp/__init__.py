"""WhatsApp Cloud API: the only package that knows its shape.

Three floors: `wire` reads what Meta posts, `messages` holds what we send (limits checked when a message is made), and
`gateway` carries it. `inbound` turns one stored message into the value a conversation works with; `errors` says what to
do about each refusal.
"""
