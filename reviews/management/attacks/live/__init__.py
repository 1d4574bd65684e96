"""Looks at a real round without changing anything and without knowing any vote: what would give an attacker an order?"""
