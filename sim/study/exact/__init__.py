"""Small models without a random number: the rules are run with every outcome of every chance; the rest is linear algebra."""
