"""`python -m server.imaging TASK …`: a file on standard input; a line of JSON and what was made of it come out.

The limits are set before anything is read. Whoever goes over them ends without an answer.
"""

import resource
import sys

MEMORY = 1 << 30
CPU_SECONDS = 10
FILES = 64
LIMITS = {
    # macOS, where people try us out, knows no limit of this kind.
    **({} if sys.platform == "darwin" else {resource.RLIMIT_AS: MEMORY}),
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: FILES,
}


def main() -> None:
    """Make one file."""
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    # After the limits: what a library does while it is loaded counts too.
    from server.imaging import UPLOAD_BYTES, tasks

    sys.stdout.buffer.write(tasks.answer(sys.argv[1:], sys.stdin.buffer.read(UPLOAD_BYTES + 1)))


if __name__ == "__main__":
    main()
