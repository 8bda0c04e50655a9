"""The trusted side: runs test cells against plain data and calls that cross the boundary, and decides."""
