SELECT contents
FROM definition_set
WHERE digest = $digest
