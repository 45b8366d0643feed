"""What backup and restore say when they refuse, in the operator's language.

Plain dictionaries: a file is judged before there is a data folder, so before there is a Django.
"""

from __future__ import annotations

from mutirao.core.terminal import user_language

SENTENCES: dict[str, dict[str, str]] = {
    "no_file": {
        "pt": "O arquivo {file} não existe ou não pode ser lido. Confira o caminho.",
        "es": "El archivo {file} no existe o no se puede leer. Revise la ruta.",
        "en": "The file {file} does not exist or cannot be read. Check the path.",
    },
    "not_ours": {
        "pt": "{file} não é um backup do Mutirão. Nada foi alterado.",
        "es": "{file} no es una copia de seguridad de Mutirão. No se cambió nada.",
        "en": "{file} is not a backup of Mutirão. Nothing was changed.",
    },
    "cut_short": {
        "pt": "{file} está incompleto: termina antes do fim. Copie-o de novo ou use outro backup. "
        "Nada foi alterado.",
        "es": "{file} está incompleto: termina antes de tiempo. Cópielo de nuevo o use otra copia. "
        "No se cambió nada.",
        "en": "{file} is incomplete: it ends too early. Copy it again or use another backup. "
        "Nothing was changed.",
    },
    "damaged": {
        "pt": "{file} está danificado: o conteúdo não confere com o selo. Copie-o de novo ou use "
        "outro backup. Nada foi alterado.",
        "es": "{file} está dañado: el contenido no coincide con su sello. Cópielo de nuevo o use "
        "otra copia. No se cambió nada.",
        "en": "{file} is damaged: its content does not match its seal. Copy it again or use "
        "another backup. Nothing was changed.",
    },
    "newer": {
        "pt": "{file} foi feito por uma versão mais nova do Mutirão ({theirs}; esta é a {ours}). "
        "Atualize o programa e tente de novo. Nada foi alterado.",
        "es": "{file} fue hecho por una versión más nueva de Mutirão ({theirs}; esta es {ours}). "
        "Actualice el programa e intente de nuevo. No se cambió nada.",
        "en": "{file} was made by a newer version of Mutirão ({theirs}; this is {ours}). Update "
        "the program and try again. Nothing was changed.",
    },
    "not_empty": {
        "pt": "A pasta de dados {place} não está vazia. Indique uma pasta nova com --into. "
        "Nada foi alterado.",
        "es": "La carpeta de datos {place} no está vacía. Indique una carpeta nueva con --into. "
        "No se cambió nada.",
        "en": "The data folder {place} is not empty. Name a new folder with --into. "
        "Nothing was changed.",
    },
    "database_not_empty": {
        "pt": "O banco de dados de DATABASE_URL não está vazio ({tables} tabelas). Crie um banco "
        "novo. Nada foi alterado.",
        "es": "La base de datos de DATABASE_URL no está vacía ({tables} tablas). Cree una base "
        "nueva. No se cambió nada.",
        "en": "The database of DATABASE_URL is not empty ({tables} tables). Create a new one. "
        "Nothing was changed.",
    },
    "store_not_empty": {
        "pt": "O armazenamento de MUTIRAO_FILES_URL não está vazio. Indique outro bucket ou outra "
        "pasta nele. Nada foi alterado.",
        "es": "El almacenamiento de MUTIRAO_FILES_URL no está vacío. Indique otro bucket u otra "
        "carpeta en él. No se cambió nada.",
        "en": "The object store of MUTIRAO_FILES_URL is not empty. Name another bucket, or another "
        "folder in it. Nothing was changed.",
    },
    "no_room": {
        "pt": "Falta espaço em {place}: são precisos cerca de {need} MB e há {free} MB livres. "
        "Nada foi alterado.",
        "es": "Falta espacio en {place}: se necesitan unos {need} MB y hay {free} MB libres. "
        "No se cambió nada.",
        "en": "There is too little room in {place}: about {need} MB are needed and {free} MB are "
        "free. Nothing was changed.",
    },
    "exists": {
        "pt": "{file} já existe e não é sobrescrito. Indique outro nome.",
        "es": "{file} ya existe y no se sobrescribe. Indique otro nombre.",
        "en": "{file} exists and is not overwritten. Give another name.",
    },
    "no_folder": {
        "pt": "A pasta {place} não existe ou não permite escrita. Crie-a ou indique outra.",
        "es": "La carpeta {place} no existe o no permite escribir. Créela o indique otra.",
        "en": "The folder {place} does not exist or cannot be written. Create it or name another.",
    },
    "terminal": {
        "pt": "Um backup não cabe em um terminal: encaminhe a saída para um arquivo ou programa.",
        "es": "Una copia no cabe en una terminal: dirija la salida a un archivo o programa.",
        "en": "A backup does not go to a terminal: send the output to a file or a program.",
    },
    "nothing_here": {
        "pt": "Não há instalação em {place}: não há o que guardar. Confira MUTIRAO_HOME.",
        "es": "No hay instalación en {place}: no hay qué guardar. Revise MUTIRAO_HOME.",
        "en": "There is no installation in {place}: nothing to keep. Check MUTIRAO_HOME.",
    },
    "programs": {
        "pt": "O servidor é PostgreSQL {server} e nenhum pg_dump dessa versão foi encontrado. "
        "Instale os programas cliente (no Debian: postgresql-client-{server}).",
        "es": "El servidor es PostgreSQL {server} y no se encontró un pg_dump de esa versión. "
        "Instale los programas cliente (en Debian: postgresql-client-{server}).",
        "en": "The server is PostgreSQL {server} and no pg_dump of that version was found. "
        "Install the client programs (on Debian: postgresql-client-{server}).",
    },
    "interrupted": {
        "pt": "Uma restauração em {place} foi interrompida. Repita `mutirao restore` com o mesmo "
        "backup; o que ficou pela metade é refeito.",
        "es": "Una restauración en {place} fue interrumpida. Repita `mutirao restore` con la misma "
        "copia; lo que quedó a medias se rehace.",
        "en": "A restore into {place} was interrupted. Run `mutirao restore` again with the same "
        "backup; what was left half done is done anew.",
    },
}


def say(key: str, **values: object) -> str:
    """The sentence `key` in the operator's language."""
    return SENTENCES[key][user_language()].format(**values)


class Refused(Exception):
    """What was asked is refused, and nothing was touched; the message is for the operator."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(say(key, **values))
        self.key = key


class Failed(Exception):
    """The work was begun and could not be ended; the message says what happened."""
