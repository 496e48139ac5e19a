"""Records of crises: listed, told, and made of the events of MIE 1.0."""
