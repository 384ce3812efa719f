"""The definition of the tilsynsredskab: data on disk in, frozen facts out."""
