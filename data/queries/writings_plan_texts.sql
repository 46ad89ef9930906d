SELECT commune_code, language, chapter, coalesce(words, '') AS words, CAST(written_at AS VARCHAR) AS written_at
FROM plan_text
ORDER BY plan_text.written_at, text_id
