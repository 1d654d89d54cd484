"""How good the instrument is, tried on people made up."""
