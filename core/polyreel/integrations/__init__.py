"""What carries videos and replicas into other tools: warehouses, clusters, agents; each an extra of its own."""
