"""From bytes to sheets of raw cells, whatever program wrote them: a pure function that ends in sheets or in a refusal."""
