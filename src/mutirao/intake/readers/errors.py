"""The one exception of the readers, and what it says to a person in three languages."""

MESSAGES: dict[str, dict[str, str]] = {
    "not_found": {
        "pt": "O arquivo {name} não existe ou não pode ser aberto. Confira o caminho.",
        "es": "El archivo {name} no existe o no se puede abrir. Revise la ruta.",
        "en": "The file {name} does not exist or cannot be opened. Check the path.",
    },
    "empty": {
        "pt": "O arquivo {name} não tem texto. Confira se enviou o documento certo.",
        "es": "El archivo {name} no tiene texto. Compruebe que envió el documento correcto.",
        "en": "The file {name} holds no text. Check that you sent the right document.",
    },
    "unknown_format": {
        "pt": "{name} não é um documento que sabemos ler. Envie .docx, .odt, .pdf com texto, "
        ".txt ou .md.",
        "es": "{name} no es un documento que sepamos leer. Envíe .docx, .odt, .pdf con texto, "
        ".txt o .md.",
        "en": "{name} is not a document we can read. Send .docx, .odt, text .pdf, .txt or .md.",
    },
    "not_what_it_says": {
        "pt": "{name} termina em .{extension}, "
        "mas por dentro é outra coisa: {found}. Abra o original no "
        "programa em que foi feito e salve de novo como .docx, .odt ou PDF.",
        "es": "{name} termina en .{extension}, "
        "pero por dentro es otra cosa: {found}. Abra el original en "
        "el programa en que se hizo y guárdelo de nuevo como .docx, .odt o PDF.",
        "en": "{name} ends in .{extension}, "
        "but inside it is something else: {found}. Open the original in the "
        "program that made it and save it again as .docx, .odt or PDF.",
    },
    "old_word": {
        "pt": "{name} está no formato antigo do Word (.doc). Abra-o e salve como .docx.",
        "es": "{name} está en el formato antiguo de Word (.doc). Ábralo y guárdelo como .docx.",
        "en": "{name} is in the old Word format (.doc). Open it and save it as .docx.",
    },
    "scanned_pdf": {
        "pt": "{name} é um PDF só de imagens ({pages} páginas), sem texto que se possa ler. Envie "
        "o documento original ou passe o PDF por um reconhecimento de texto (OCR).",
        "es": "{name} es un PDF solo de imágenes ({pages} páginas), sin texto que se pueda leer. "
        "Envíe el documento original o pase el PDF por un reconocimiento de texto (OCR).",
        "en": "{name} is a PDF of pictures only ({pages} pages), with no text to read. Send the "
        "original document or run the PDF through text recognition (OCR).",
    },
    "encrypted": {
        "pt": "{name} está protegido por senha. Salve uma cópia sem senha e envie essa cópia.",
        "es": "{name} está protegido con contraseña. Guarde una copia sin contraseña y envíela.",
        "en": "{name} is protected by a password. Save a copy without it and send that copy.",
    },
    "too_large": {
        "pt": "{name} tem {size} MB; o limite é {limit} MB. Tire as imagens do documento ou "
        "envie-o como .txt.",
        "es": "{name} pesa {size} MB; el límite es {limit} MB. Quite las imágenes del documento o "
        "envíelo como .txt.",
        "en": "{name} has {size} MB; the limit is {limit} MB. Remove the pictures or send it as "
        ".txt.",
    },
    "too_long": {
        "pt": "{name} é muito mais longo do que um plano de trabalho (lemos até {limit} linhas de "
        "tamanho comum). Envie só o plano, sem os anexos.",
        "es": "{name} es mucho más largo que un plan de trabajo (leemos hasta {limit} líneas de "
        "largo común). Envíe solo el plan, sin los anexos.",
        "en": "{name} is far longer than a work plan (we read up to {limit} lines of usual "
        "length). Send the plan alone, without its annexes.",
    },
    "zip_bomb": {
        "pt": "{name} se expande para muito mais do que um documento precisa ({part}) e não foi "
        "aberto. Salve o documento de novo, sem anexos, e envie essa cópia.",
        "es": "{name} se expande a mucho más de lo que un documento necesita ({part}) y no se "
        "abrió. Guarde el documento de nuevo, sin adjuntos, y envíe esa copia.",
        "en": "{name} unpacks to far more than a document needs ({part}) and was not opened. Save "
        "the document again without attachments and send that copy.",
    },
    "damaged": {
        "pt": "{name} está danificado ({part}). Abra-o no seu programa, salve de novo e envie.",
        "es": "{name} está dañado ({part}). Ábralo en su programa, guárdelo de nuevo y envíelo.",
        "en": "{name} is damaged ({part}). Open it in its program, save it again and send it.",
    },
    "wrong_encoding": {
        "pt": "Não conseguimos ler as letras de {name} (linha {line}). Salve o texto como UTF-8 e "
        "envie de novo.",
        "es": "No pudimos leer las letras de {name} (línea {line}). Guarde el texto como UTF-8 y "
        "envíelo de nuevo.",
        "en": "We could not read the letters of {name} (line {line}). Save the text as UTF-8 and "
        "send it again.",
    },
}

# What the content turned out to be, where a message has to say it.
FOUND: dict[str, dict[str, str]] = {
    "picture": {"pt": "uma imagem", "es": "una imagen", "en": "a picture"},
    "program": {"pt": "um programa", "es": "un programa", "en": "a program"},
    "sheet": {
        "pt": "uma planilha ou apresentação",
        "es": "una planilla o presentación",
        "en": "a spreadsheet or presentation",
    },
    "archive": {
        "pt": "um arquivo compactado",
        "es": "un archivo comprimido",
        "en": "a compressed archive",
    },
    "text": {"pt": "texto simples", "es": "texto simple", "en": "plain text"},
    "binary": {
        "pt": "dados que não são texto",
        "es": "datos que no son texto",
        "en": "data that is not text",
    },
    "rtf": {"pt": "um texto RTF", "es": "un texto RTF", "en": "an RTF text"},
    "web": {"pt": "uma página da web", "es": "una página web", "en": "a web page"},
}


class UnreadableDocument(Exception):
    """A document that cannot be read. `code` is a key of MESSAGES and stays the same for ever.

    `params` fill the message; `message(lang)` gives it in pt, es or en (pt for others).
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def message(self, lang: str = "pt") -> str:
        lang = lang if lang in {"pt", "es", "en"} else "pt"
        values: dict[str, object] = {"name": "?", "part": "?", "line": "?", **self.params}
        found = FOUND.get(str(values.get("found", "")))
        if found:
            values["found"] = found[lang]
        return MESSAGES[self.code][lang].format(**values)

    def __str__(self) -> str:
        return self.message("en")
