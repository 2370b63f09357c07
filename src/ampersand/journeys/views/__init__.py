"""Pages of a pair: how it stands, stopping, carrying on."""
