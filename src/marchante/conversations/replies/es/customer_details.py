"""What a customer tells about themselves."""

from marchante.channels.whatsapp.messages import escape_formatting
from marchante.conversations.replies.es.voice import Treatment, pick, quoted

_NATIONAL = 12


def known(full_name: str, phone: str, email: str, treatment: Treatment) -> str:
    """What is kept of them; "" is left out."""
    lines = [f"👤 {escape_formatting(full_name)}"] if full_name else []
    lines += [f"📱 {_spaced(phone)}"] if phone else []
    lines += [f"✉️ {escape_formatting(email)}"] if email else []
    head = pick(treatment, "Estos son tus datos:", "Estos son sus datos:")
    none = pick(treatment, "Todavía no tengo datos tuyos.", "Todavía no tengo datos suyos.")
    return "\n".join([head, *lines]) if lines else none


def _spaced(phone: str) -> str:
    """A Mexican number as people write it: "228 123 4567"."""
    mexican = phone.startswith("52") and len(phone) >= _NATIONAL
    return f"{phone[-10:-7]} {phone[-7:-4]} {phone[-4:]}" if mexican else phone


def phone_stays(treatment: Treatment) -> str:
    return pick(
        treatment,
        "📱 El teléfono es el de este WhatsApp y no se cambia aquí; si cambias de número, escríbenos desde el nuevo.",
        "📱 El teléfono es el de este WhatsApp y no se cambia aquí; si cambia de número, escríbanos desde el nuevo.",
    )


def paternal_surname(treatment: Treatment) -> str:
    return pick(treatment, "¿Cuál es tu apellido paterno?", "¿Cuál es su apellido paterno?")


def maternal_surname(treatment: Treatment) -> str:
    return pick(treatment, "¿Y tu apellido materno?", "¿Y su apellido materno?")


def first_name(treatment: Treatment) -> str:
    return pick(treatment, "¿Y tu nombre, sin apellidos?", "¿Y su nombre, sin apellidos?")


def email(treatment: Treatment) -> str:
    return pick(treatment, "¿A qué correo te escribimos?", "¿A qué correo le escribimos?")


def bad_email(treatment: Treatment) -> str:
    return pick(
        treatment,
        "Ese correo no parece completo; escríbelo así: _nombre@correo.com_.",
        "Ese correo no parece completo; escríbalo así: _nombre@correo.com_.",
    )


def confirm(full_name: str, email: str, treatment: Treatment) -> str:
    shown = "\n".join(
        f"{sign} {escape_formatting(value)}" for sign, value in (("👤", full_name), ("✉️", email)) if value
    )
    return f"{shown}\n{pick(treatment, '¿Así guardo tus datos?', '¿Así guardo sus datos?')}"


def saved(treatment: Treatment) -> str:
    return pick(treatment, "✅ Listo, guardé tus datos.", "✅ Listo, guardé sus datos.")


def email_saved(email: str, treatment: Treatment) -> str:
    whose = pick(treatment, "tu correo", "su correo")
    return f"✉️ Guardé {whose}: {escape_formatting(email)}."


def keep_title(value: str) -> str:
    """On the button that leaves a field as it is."""
    return f"Dejar {quoted(value)}"
