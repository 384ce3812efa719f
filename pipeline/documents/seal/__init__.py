"""The municipality's seal: PAdES B-LT on the finished PDF, the demo keys behind it, and the strict verifier."""
