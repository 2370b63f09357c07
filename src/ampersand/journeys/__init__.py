"""What moves several rooms at once: joining a scheme, ending a pair, leaving altogether."""
