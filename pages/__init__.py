"""The ground both web doors stand on: assets, headers, forms, markup, live bells. It decides nothing."""
