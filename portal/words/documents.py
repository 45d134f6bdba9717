"""Files: added to a message, looked at, and why one is not taken."""

from portal.words.shape import Said

WORDS: dict[str, Said] = {
    "add.label": (
        "Add a photo or file",
        "Agregar una foto o un archivo",
        "أضف صورة أو ملفًا",
    ),
    "add.how": (
        "Photos, PDF and text files. Up to 25 MB.",
        "Fotos, PDF y archivos de texto. Hasta 25 MB.",
        "صور وملفات PDF وملفات نصية. حتى 25 ميغابايت.",
    ),
    "doc.title": (
        "Document",
        "Documento",
        "مستند",
    ),
    "doc.back": (
        "Back to messages",
        "Volver a los mensajes",
        "العودة إلى الرسائل",
    ),
    "doc.pages": (
        "Pages: {count}",
        "Páginas: {count}",
        "عدد الصفحات: {count}",
    ),
    "doc.page": (
        "Page {number}",
        "Página {number}",
        "صفحة {number}",
    ),
    "doc.alt": (
        "Its words are under Read as text.",
        "Sus palabras están en Leer como texto.",
        "كلماتها موجودة تحت اقرأ كنص.",
    ),
    "doc.show": (
        "Show the document",
        "Mostrar el documento",
        "اعرض المستند",
    ),
    "doc.text": (
        "Read as text",
        "Leer como texto",
        "اقرأ كنص",
    ),
    "doc.pictures": (
        "Show the pages",
        "Mostrar las páginas",
        "اعرض الصفحات",
    ),
    "doc.save": (
        "Save a copy",
        "Guardar una copia",
        "احفظ نسخة",
    ),
    "doc.save.how": (
        "On a shared phone, others can open the copy.",
        "En un teléfono compartido, otros pueden abrir la copia.",
        "على هاتف مشترك، يمكن للآخرين فتح النسخة.",
    ),
    "doc.more": (
        "Show more pages",
        "Mostrar más páginas",
        "اعرض صفحات أخرى",
    ),
    "doc.nowords": (
        "This page has no text.",
        "Esta página no tiene texto.",
        "لا يوجد نص في هذه الصفحة.",
    ),
    "file.not_taken": (
        "Only photos, PDF and text files can be sent.",
        "Solo se pueden enviar fotos, PDF y archivos de texto.",
        "يمكن إرسال الصور وملفات PDF والملفات النصية فقط.",
    ),
    "file.other_kind": (
        "This file is not what its name says. Choose another one.",
        "Este archivo no es lo que dice su nombre. Elija otro.",
        "هذا الملف ليس كما يقول اسمه. اختر ملفًا آخر.",
    ),
    "file.empty_file": (
        "This file is empty. Choose another one.",
        "Este archivo está vacío. Elija otro.",
        "هذا الملف فارغ. اختر ملفًا آخر.",
    ),
    "file.too_big": (
        "This file is too big. It can have 25 MB.",
        "Este archivo es muy grande. Puede tener 25 MB.",
        "هذا الملف كبير جدًا. الحد هو 25 ميغابايت.",
    ),
    "file.too_many_files": (
        "There are too many files. Send some of them first.",
        "Hay demasiados archivos. Envíe algunos primero.",
        "هناك ملفات كثيرة جدًا. أرسل بعضها أولًا.",
    ),
    "file.no_room": (
        "There is no room for more files. Call the clinic.",
        "No hay lugar para más archivos. Llame a la clínica.",
        "لا يوجد مكان لملفات أخرى. اتصل بالعيادة.",
    ),
    "file.file_gone": (
        "The file is not here any more. Add it again.",
        "El archivo ya no está aquí. Agréguelo otra vez.",
        "الملف لم يعد هنا. أضفه مرة أخرى.",
    ),
    "file.not_a_picture": (
        "We cannot open this picture. Take it again.",
        "No podemos abrir esta imagen. Tómela otra vez.",
        "لا يمكننا فتح هذه الصورة. التقطها مرة أخرى.",
    ),
    "file.too_many_pixels": (
        "This picture is too large. Take a smaller one.",
        "Esta imagen es demasiado grande. Tome una más pequeña.",
        "هذه الصورة كبيرة جدًا. التقط صورة أصغر.",
    ),
    "file.two_in_one": (
        "This file has another file in it. Choose a plain one.",
        "Este archivo tiene otro archivo dentro. Elija uno simple.",
        "يوجد ملف آخر داخل هذا الملف. اختر ملفًا بسيطًا.",
    ),
    "file.not_a_document": (
        "We cannot open this PDF. Send a photo of it.",
        "No podemos abrir este PDF. Envíe una foto.",
        "لا يمكننا فتح ملف PDF هذا. أرسل صورة منه.",
    ),
    "file.locked_document": (
        "This PDF is locked with a password. Send a photo of it.",
        "Este PDF está protegido con una contraseña. Envíe una foto.",
        "ملف PDF هذا مقفل بكلمة مرور. أرسل صورة منه.",
    ),
    "file.active_document": (
        "This PDF does more than show pages. Send a photo of it.",
        "Este PDF hace más que mostrar páginas. Envíe una foto.",
        "ملف PDF هذا يفعل أكثر من عرض الصفحات. أرسل صورة منه.",
    ),
    "file.too_many_pages": (
        "This PDF is too long. It can have 200 pages.",
        "Este PDF es muy largo. Puede tener 200 páginas.",
        "ملف PDF هذا طويل جدًا. الحد هو 200 صفحة.",
    ),
    "file.odd_pages": (
        "We cannot show pages of this size. Send a photo.",
        "No podemos mostrar páginas de este tamaño. Envíe una foto.",
        "لا يمكننا عرض صفحات بهذا الحجم. أرسل صورة.",
    ),
    "file.not_a_text": (
        "We cannot read this text file. Write it in your message.",
        "No podemos leer este texto. Escríbalo en su mensaje.",
        "لا يمكننا قراءة هذا النص. اكتبه في رسالتك.",
    ),
    "file.text_too_long": (
        "This text is too long. Send it in parts.",
        "Este texto es muy largo. Envíelo en partes.",
        "هذا النص طويل جدًا. أرسله على أجزاء.",
    ),
}
