"""The same services without a window: one module a command, plain text or JSON out, errors as one line."""
