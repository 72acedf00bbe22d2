"""The outbox (消息): what is to be told to whom, written with what causes it and sent by the worker."""
