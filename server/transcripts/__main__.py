"""`python -m server.transcripts`: what is to be drawn on standard input; a PDF comes out.

The limits are set before anything is read. Whoever goes over them ends without an answer.
"""

import resource
import sys

MEMORY = 1 << 30
CPU_SECONDS = 120
LIMITS = {
    # macOS, where people try us out, knows no limit of this kind.
    **({} if sys.platform == "darwin" else {resource.RLIMIT_AS: MEMORY}),
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}


def main() -> None:
    """Draw one document."""
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    import msgspec

    from server.transcripts import drawing
    from server.transcripts.child import Task

    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(drawing.draw(task.document, task.words, task.language))


if __name__ == "__main__":
    main()
