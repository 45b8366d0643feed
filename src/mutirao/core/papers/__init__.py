"""Papers: one description of a document, written as PDF, .docx, .xlsx and page.

A paper is plain data (strings, numbers, lists, dicts), so that it can be kept and looked at years
later: `blocks` says of what it is made. Each format has one writer, which knows the blocks and
nothing of plans or reports. What a format shows is therefore the same in all of them.

The keys of a paper: `language` and `own` (of its title and of most texts), `title`, `subtitle`,
`short` (for the foot of a page), `network`, `facts` (pairs of label and value below the title),
`has_cover` and `cover` (the drawing of the title page, or ""), `contents` (whether it has a table
of contents), `labels` (see `labels`), `sections` (each `key`, `heading`, `blocks`).
"""
