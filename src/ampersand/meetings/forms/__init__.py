"""What people type about meetings: when they can, where, and which times they suggest."""
