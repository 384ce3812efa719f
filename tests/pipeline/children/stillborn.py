"""A child for the tests of LimitedChild that ends before it says that it is ready."""

raise SystemExit(3)
