SELECT commune_code, author_role, note, written_at
FROM commune_note
WHERE commune_code IN (SELECT unnest($territory))
QUALIFY row_number() OVER (PARTITION BY commune_code ORDER BY written_at DESC, note_id DESC) = 1 AND note IS NOT NULL
ORDER BY commune_code
