"""What carries videos and replicas into other tools: warehouses, clusters; each with an extra of its own."""
