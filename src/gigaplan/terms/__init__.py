"""Words used on every floor: errors, progress, symbols, units."""
