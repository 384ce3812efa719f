"""What people see: pages and the command `tilsyn`. The outermost layer."""
