"""What carries videos and replicas into other tools: warehouses, clusters, agents; each with its extra."""
