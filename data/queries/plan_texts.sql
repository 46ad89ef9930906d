SELECT commune_code, language, chapter, words, written_at
FROM plan_text
WHERE commune_code IN (SELECT unnest($territory))
ORDER BY written_at, text_id
