"""The trusted side of the sandbox: what the machine offers, how the sandbox is started, and how it is spoken to."""
