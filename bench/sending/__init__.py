"""How fast texts leave: from a stored message to the post at the carrier, by one worker, beside the bare library."""
