"""How a store lies on the disk: manifests of snapshots, parts with figures, locks, what is kept and for how long."""
