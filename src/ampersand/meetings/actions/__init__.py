"""What can be done with meetings: one verb, one action, each the only place that writes."""
