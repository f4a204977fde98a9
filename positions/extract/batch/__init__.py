"""Many documents: batches, pools of workers, and a manifest of the documents done."""
