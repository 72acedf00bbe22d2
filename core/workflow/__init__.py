"""How records move from state to state (流转): one table for each entity, and who may move what."""
