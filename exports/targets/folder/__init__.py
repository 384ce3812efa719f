"""The simplest archive: packages in a folder, from where the municipality's own system fetches them."""
