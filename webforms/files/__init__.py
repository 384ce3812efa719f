"""Files that come in and go out of a case, for everybody who may."""
