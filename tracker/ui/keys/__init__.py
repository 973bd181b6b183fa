"""Everything of the window about a file's key: unlock page, set-up, recovery key, lock and auto-lock, settings panel.

Must not know how a key is kept or checked: that is ``services.security``. Nothing here keeps a secret longer than the
field it was typed into.
"""
