"""What can be done with agreements: one verb, one action, each the only place that writes."""
