"""The wheel lab: what is in a wheel, where it lands, and why pip takes it or does not."""
