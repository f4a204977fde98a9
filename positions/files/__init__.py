"""Reading and writing files safely: strict decoding, atomic writes, models from TOML and JSON lines."""
