"""Many documents: batches, pools of workers, a manifest of what is done."""
