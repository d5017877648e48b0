"""What work does to the income of somebody on bijstand: the law as pure functions, one file per part of it."""
