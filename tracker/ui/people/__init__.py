"""The users of a file in the window: the panel of the settings, its forms, and signing in.

Must not know how a passphrase is kept or checked, nor what a role may do: that is ``services``.
"""
