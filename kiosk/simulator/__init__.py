"""Days that never were: simulated citizens and staff in a real office, for judging and for trying.

Everything goes through `Office.do`, as from the web: what is simulated is people and time alone.
"""
