"""How the invented figures of Exampleshire are drawn, and how its definitions are written."""
