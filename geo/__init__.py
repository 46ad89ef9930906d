"""Place: boundaries, names of communes, maps on the page and on paper."""
