"""The door to one negotiation: open it, ask it, export it, check it, make a new one."""
