"""Read: the directive and the collector, run while Sphinx reads the documents."""
