"""A local stand-in for Meta's WhatsApp Cloud API.

It plays both sides Marchante never owns: Meta (the Graph API and its signed webhooks) and the customers' phones.
It reads the documented limits on its own and shares no code with the WhatsApp channel, so a mistake in one of the
two readings shows as a refusal instead of passing twice.
"""
