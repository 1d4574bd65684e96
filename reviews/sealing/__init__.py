"""How ballots are kept secret: codes on slips, keys in envelopes, sealed ballots, receipts, signed output.

No module here knows a model; docs/ballot-secrecy.md tells what each part protects against.
"""
