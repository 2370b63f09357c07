"""Reading: by what a person is recognised, what binds whom, who stands apart, who may ask."""
