SELECT commune_code, version, digest, costs
FROM plan_version_definitions
WHERE commune_code IN (SELECT unnest($territory))
