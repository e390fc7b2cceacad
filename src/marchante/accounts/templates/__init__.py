"""The templates of every company: what Meta says of them, and making them what our definitions say."""
