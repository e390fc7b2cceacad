"""Verbs with what stands around them: who is to do what, or only says so."""
