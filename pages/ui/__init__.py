"""What the screens share: selection and address, cached loading, tables, theme."""
