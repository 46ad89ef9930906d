SELECT commune_code, author_role, coalesce(note, '') AS note, CAST(written_at AS VARCHAR) AS written_at
FROM commune_note
ORDER BY commune_note.written_at, note_id
