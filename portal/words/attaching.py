"""Adding photos and files to a reply, as the page's script says it."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "files.photo": (
        "Take a photo",
        "Tomar una foto",
        "التقط صورة",
    ),
    "files.remove": (
        "Remove",
        "Quitar",
        "إزالة",
    ),
    "files.ready": (
        "Ready to send",
        "Listo para enviar",
        "جاهز للإرسال",
    ),
    "files.lost": (
        "This file did not arrive. Remove it and add it again.",
        "Este archivo no llegó. Quítelo y agréguelo otra vez.",
        "لم يصل هذا الملف. أزله ثم أضفه مرة أخرى.",
    ),
    "files.look": (
        "A file cannot be sent. Remove it, then send again.",
        "Un archivo no se puede enviar. Quítelo y envíe otra vez.",
        "لا يمكن إرسال أحد الملفات. أزله ثم أرسل مرة أخرى.",
    ),
}

FOR_SCRIPT = (
    *("files.photo", "files.remove", "files.ready", "files.lost", "files.look"),
    "doc.title",
    *("file.not_taken", "file.other_kind", "file.empty_file", "file.too_big", "file.too_many_files", "file.no_room"),
)
"""The sentences that the page's script says; why a file is not taken stands with what says so on the server."""
