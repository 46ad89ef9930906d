SELECT * FROM variable
