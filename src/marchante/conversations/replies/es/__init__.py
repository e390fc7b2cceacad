"""Mexican Spanish. Functions take what they need typed and return text; nothing here decides anything.

`Treatment` is how the shop addresses people. Where both forms differ, both sentences are written out.
"""
