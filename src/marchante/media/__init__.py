"""Files: kept in a folder or a bucket, checked by content, served by signed links, handed to Meta once."""
