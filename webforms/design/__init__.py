"""What every page is made of: Det Fælles Designsystem, the frame around a page, macros, and our own words."""
