"""What the staff's door and the patient's door share: who may knock, how a no looks, how a request is read."""
