"""HTTP pieces every router shares."""
