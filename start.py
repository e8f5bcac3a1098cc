"""Install the teaching module beside this file and open it, or test it.

    python3 start.py            opens the first lesson in JupyterLab
    python3 start.py test       runs every check
    python3 start.py help       says more

Everything is installed into the folder `.venv` beside this file; nothing else on the computer
changes. This file uses the standard library only. Its syntax is kept old on purpose, so that an
old Python reads far enough to say that it is too old.
"""

import sys

# Else a file beside this one or in the current folder, such as json.py, would be run in the place
# of a library; an empty part of PYTHONPATH means the current folder.
if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):
        sys.path.pop(0)
    try:
        here = sys.modules["os"].getcwd()
        sys.path[:] = [folder for folder in sys.path if folder not in ("", here)]
    except (KeyError, OSError):
        pass

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

OLDEST_PYTHON = (3, 11)


def refuse_old_python(version=sys.version_info[:3]):
    # type: (tuple[int, ...]) -> None
    """Leave with one sentence when the running Python is older than the module needs."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        needed = "{}.{}".format(*OLDEST_PYTHON)
        found = "{}.{}".format(*version)
        sys.exit(
            f"This needs Python {needed} or newer and was started with Python {found}: install a "
            "newer one from https://www.python.org/downloads/ and start it with that one."
        )


# Before the first annotation: those below mean something to newer Pythons only.
refuse_old_python()

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "cybernorms-stamp.json"
LOG = ROOT / ".venv-install.log"
ONE_AT_A_TIME = ROOT / ".venv-install.lock"
FIRST_LESSON = "notebooks/00-start-here.ipynb"
ON_WINDOWS = sys.platform == "win32"
START = "py start.py" if ON_WINDOWS else "python3 start.py"

# Ports that systems do not give out by themselves; each folder has one of them.
FIRST_PORT, PORTS, PORTS_TRIED = 20_000, 10_000, 20

# Else the window in which a student types is full of lines about extensions, and of warnings that
# frighten and say nothing: of a time-out that cannot be kept, and of kernels that are not encrypted
# although nobody but this computer hears them. They are encrypted now.
QUIET = ["--KernelManager.transport_encryption=auto", "--ServerApp.websocket_ping_timeout=30000"]
LOG_LEVELS = ("--debug", "--log-level", "--Application.log_level", "--ServerApp.log_level")

# What lab and test each install. The second lock holds all of the first and more.
LOCKS = {"lab": "requirements.lock", "test": "requirements-dev.lock"}

USAGE = f"""\
{START}                  open the first lesson in JupyterLab
{START} lab [...]        the same; what follows goes to JupyterLab, for example
                             --no-browser, --port 8899 or a notebook to open
{START} test [...]       run every check; what follows goes to pytest, for example
                             -k wording, and then the notebooks are not run
{START} take FOLDER      copy the saved answers of another folder of the module into this
                             one, for example after an update; nothing there changes
{START} help             this text

The first start installs JupyterLab and its friends into the folder .venv beside start.py.
Later starts take seconds and install nothing. To begin afresh, delete .venv.
To end JupyterLab, press Ctrl+C in the window in which you started it.
"""


class Trouble(Exception):
    """Something that a person can put right, told in one sentence."""


def say(text: str) -> None:
    """Print a line at once, even where the output is a file."""
    print(text, flush=True)


# --- What is installed already ---------------------------------------------------------------


def program(name: str) -> Path:
    """Return the path of a program inside `.venv`."""
    return VENV / "Scripts" / f"{name}.exe" if ON_WINDOWS else VENV / "bin" / name


def fingerprint(need: str) -> str:
    """Return a hash over every file that decides what is installed for `lab` or `test`."""
    # Settings and the extension of JupyterLab count, for an editable install copies them.
    files = [ROOT / "requirements.lock", ROOT / LOCKS[need], ROOT / "pyproject.toml"]
    files += sorted(
        path for path in (ROOT / "jupyter").rglob("*") if path.suffix in (".json", ".js", ".css")
    )
    total = hashlib.sha256()
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(ROOT).as_posix()} {content}\n".encode())
    return total.hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what the last complete installation wrote down, or nothing."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(needs: list[str]) -> None:
    """Write down that all of `needs` is installed, where, and for which Python."""
    stamp = {"folder": str(VENV), "python": python_in_venv()}
    stamp.update({need: fingerprint(need) for need in needs})
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def python_in_venv() -> str:
    """Return the version of the Python in `.venv`, such as "3.12", or "" where it cannot run."""
    command = [str(program("python")), "-I", "-S", "-c"]
    command.append("import sys; print('%d.%d' % sys.version_info[:2])")
    try:
        # Once the Python that it was made from is gone, its link leads nowhere.
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


def is_sound(stamp: dict[str, str]) -> bool:
    """Say whether `.venv` was made completely, in this very folder, and still runs."""
    # A folder that was moved or copied has paths inside that lead to the old place.
    if stamp.get("folder") != str(VENV):
        return False
    running = python_in_venv()
    return running != "" and running == stamp.get("python")


def is_ready(need: str) -> bool:
    """Say whether nothing needs installing for `lab` or `test`."""
    stamp = read_stamp()
    return stamp.get(need) == fingerprint(need) and is_sound(stamp)


# --- Installing ------------------------------------------------------------------------------


def prepare(need: str) -> None:
    """Install what `lab` or `test` needs, unless it is there."""
    if is_ready(need):
        return
    with one_at_a_time() as turn:
        if not is_ready(need):
            install(need, turn)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[BinaryIO]:
    """Wait until no other start.py installs here, and keep others waiting; yield the lock's file.

    The operating system frees the lock when its holder ends, however it ends.
    """
    with ONE_AT_A_TIME.open("a+b") as turn:
        if not takes(turn):
            say("Another start.py is installing here. Waiting for it to finish.")
            while not takes(turn):
                time.sleep(0.5)
        yield turn


def takes(turn: BinaryIO) -> bool:
    """Try to take the lock on an open file, without waiting."""
    if sys.platform == "win32":
        import msvcrt

        turn.seek(0)
        try:
            msvcrt.locking(turn.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # Some network folders know no locks; better unguarded than not at all.
    return True


def install(need: str, turn: BinaryIO) -> None:
    """Bring `.venv` to the state that the lock describes, making it anew where it is not sound."""
    started = time.monotonic()
    stamp = read_stamp()
    steps = Steps(turn)
    if is_sound(stamp):
        say("The module has changed since the last start. Bringing what it needs up to date.")
        need = "test" if "test" in stamp else need  # What test installed stays up to date too.
        STAMP.unlink()
    else:
        remove_venv()
        if need == "lab":
            say("Installing JupyterLab and its friends, about 200 MB, once.")
        else:
            say("Installing JupyterLab, its friends and the tools for testing, about 300 MB, once.")
        say("This takes one to three minutes, longer on a slow line.")
        make_venv(steps)
    # From here to the last line there is no stamp: who is interrupted begins afresh.
    install_uv(steps)
    steps.environment.update(same_mirror_for_uv(steps.environment))
    # uv obeys settings of the workspace in which it runs, and of folders above. This one has none.
    (VENV / "pyproject.toml").write_text("[tool.uv.workspace]\n", encoding="utf-8")
    uv = [str(program("uv")), "--directory", str(VENV), "pip"]
    here = ["--python", str(program("python"))]
    sync = [*uv, "sync", *here, "--require-hashes", str(ROOT / LOCKS[need])]
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        sync.append("--compile-bytecode")  # Else every start would compile everything again.
    steps.run(sync)
    own = ["install", *here, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    steps.run([*uv, *own])
    write_stamp(["lab"] if need == "lab" else ["lab", "test"])
    say(f"Installed in {time.monotonic() - started:.0f} seconds.")


def remove_venv() -> None:
    """Delete what is left of an earlier `.venv`."""
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            say("The folder .venv is incomplete or comes from another place, so it is made anew.")
            shutil.rmtree(VENV)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ENOTEMPTY):
            raise Trouble(
                f"The folder {VENV} is incomplete and cannot be deleted: close every JupyterLab "
                "and terminal that uses it, delete it by hand, and start again."
            ) from error
        raise


def make_venv(steps: "Steps") -> None:
    """Make an empty `.venv` with Python and pip."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Trouble(
            "This Python came without its modules venv and ensurepip: install them (on Debian and "
            "Ubuntu: sudo apt install python3-venv), and start again."
        )
    # When this runs on the Python of the .venv just deleted, the one it was made from goes on.
    python = getattr(sys, "_base_executable", None) or sys.executable
    steps.run([python, "-m", "venv", str(VENV)])


def install_uv(steps: "Steps") -> None:
    """Install uv into `.venv` by pip; uv installs the rest about ten times as fast as pip would."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(block_of("uv", lock), encoding="utf-8")
        pip = [str(program("python")), "-m", "pip", "install", "--require-hashes", "--no-deps"]
        steps.run([*pip, "--requirement", str(only_uv)])


def block_of(name: str, lock: str) -> str:
    """Return one package's pin and hashes out of the text of a lock."""
    block: list[str] = []
    for line in lock.splitlines():
        if block and not line.startswith("    --hash="):
            break
        if block or line.startswith(f"{name}=="):
            block.append(line)
    if not block:
        raise Trouble(f"{name} is missing from requirements.lock: download the module again.")
    return "\n".join(block).rstrip("\\ ") + "\n"


class Steps:
    """Runs the steps of an installation, quietly, with their output in the log."""

    def __init__(self, turn: BinaryIO) -> None:
        self.turn = turn
        self.environment = {**environment(), "PIP_NO_INPUT": "1"}
        self.started = time.monotonic()
        LOG.unlink(missing_ok=True)

    def run(self, command: list[str]) -> None:
        """Run one step; raise `Trouble` with a plain sentence when it fails."""
        code, output = self.wait_for(command)
        logged = self.write_log(f"$ {subprocess.list2cmdline(command)}\n{output}\n(exit {code})\n")
        if code != 0:
            sentence = explain(output, shutil.disk_usage(ROOT).free)
            raise Trouble(f"{sentence[:-1]} (details are in {LOG})." if logged else sentence)

    def wait_for(self, command: list[str]) -> tuple[int, str]:
        """Run a command to its end, with a sign of life now and then; return code and output."""
        # A step that outlives a killed start.py keeps the lock until it has ended too.
        inherited = () if ON_WINDOWS else (self.turn.fileno(),)
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd=ROOT,
            env=self.environment,
            pass_fds=inherited,
        )
        try:
            while True:
                try:
                    output = child.communicate(timeout=20)[0]
                    return child.returncode, output
                except subprocess.TimeoutExpired:
                    say(f"Still installing, after {time.monotonic() - self.started:.0f} seconds.")
        except KeyboardInterrupt:
            child.terminate()
            child.wait()
            raise

    def write_log(self, text: str) -> bool:
        """Add to the log; say whether that was possible, which on a full disk it is not."""
        try:
            with LOG.open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            return False
        return True


def same_mirror_for_uv(settings: dict[str, str]) -> dict[str, str]:
    """Return uv's settings for the mirror and certificate that pip is set up with, if any.

    Some universities let pip reach only a mirror of their own; uv does not read pip's settings.
    """
    command = [str(program("python")), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, env=settings, capture_output=True, text=True).stdout
    found: dict[str, str] = {}
    for line in sorted(listed.splitlines()):  # Variables (":env:") come before files ("global").
        key, _, value = line.partition("=")
        found.setdefault(key.rpartition(".")[2], value.strip().strip("'\""))
    mirror = {}
    if "index-url" in found and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & settings.keys():
        mirror["UV_DEFAULT_INDEX"] = found["index-url"]
    if Path(found.get("cert", "")).is_file() and "SSL_CERT_FILE" not in settings:
        mirror["SSL_CERT_FILE"] = found["cert"]
    return mirror


# Words in the output of a failed step, and what they mean. The first that fits is taken.
FULL_DISK = "The disk is full: free about 1 GB and start again."
UNWRITABLE = (
    f"A file or folder cannot be written: copy {ROOT.name} into your home folder, and start again "
    "there."
)
MEANINGS = [
    (("no space left", "not enough space", "disk quota exceeded", "os error 28"), FULL_DISK),
    (
        ("failed to initialize cache",),
        "Your home folder cannot be written, and uv and JupyterLab keep files there: set the "
        "environment variable HOME to a folder of your own, and start again.",
    ),
    (
        ("certificate_verify_failed", "invalid peer certificate", "unknownissuer"),
        "A proxy or virus scanner stands between this computer and the internet and the download "
        "is not trusted: try another network, or ask whoever looks after this computer.",
    ),
    (
        ("do not match the hashes", "hash mismatch"),
        "A downloaded file is not the expected one and was not used: start again, and if it "
        "happens again, use another network.",
    ),
    (
        (
            "failed to establish a new connection",
            "newconnectionerror",
            "name resolution",
            "name or service not known",
            "getaddrinfo failed",
            "dns error",
            "error sending request",
            "failed to fetch",
            "client error (connect)",
            "connection refused",
            "connection reset",
            "connection aborted",
            "network is unreachable",
            "network connectivity is disabled",
            "proxyerror",
            "timed out",
            "connecttimeout",
            "readtimeout",
        ),
        "The download failed: connect this computer to the internet and start again.",
    ),
    (("permission denied", "access is denied", "read-only file system"), UNWRITABLE),
]


def explain(output: str, free_bytes: int) -> str:
    """Return one sentence for a failed step: what happened and what to do."""
    # A full disk often leaves no room for the words that would say so.
    if free_bytes < 5_000_000:
        return FULL_DISK
    text = output.lower()
    for signs, sentence in MEANINGS:
        if any(sign in text for sign in signs):
            return sentence
    return "The installation failed: start again, and if it fails again, delete .venv first."


# --- Answers of another folder of the module --------------------------------------------------


RECORDS = "answers*.jsonl"
LEFT_ALONE = "cybernorms-left-alone.txt"  # in .venv: folders whose answers were not wanted


def offer_answers() -> None:
    """Offer to copy saved answers from folders of the module beside this one.

    That is how an older version stands beside a newer one; but it may also be another learner's,
    so nothing is copied without a yes.
    """
    if os.environ.get("CYBERNORMS_WORK", "").strip():
        return
    try:
        left_alone = (VENV / LEFT_ALONE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        left_alone = []
    for folder in other_folders():
        missing = answers_missing_here(folder)
        if not missing or str(folder) in left_alone:
            continue
        count = "1 saved answer is" if missing == 1 else f"{missing} saved answers are"
        say(f"{count} in another folder of the module, {folder}, and not in this one.")
        if not sys.stdin or not sys.stdin.isatty():
            say(f"If they are yours, copy them with: {START} take {quoted(folder)}")
        elif is_yes("Are they yours, and shall they be copied here?"):
            take_answers(folder)
        else:
            with contextlib.suppress(OSError), (VENV / LEFT_ALONE).open("a", encoding="utf-8") as f:
                f.write(f"{folder}\n")
            say(f"Nothing was copied. To do it later: {START} take {quoted(folder)}")


def is_yes(question: str) -> bool:
    """Ask at the terminal, and return whether the answer is yes."""
    try:
        return input(f"{question} Type yes or no: ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def work_folder() -> Path:
    """Return the folder in which the module keeps answers."""
    named = os.environ.get("CYBERNORMS_WORK", "").strip()
    return Path(named).expanduser() if named else ROOT / "work"


def other_folders() -> list[Path]:
    """Return the folders of the module beside this one in which answers are saved."""
    found = []
    with contextlib.suppress(OSError):
        for folder in sorted(ROOT.parent.iterdir()):
            with contextlib.suppress(OSError):
                is_module = (folder / "start.py").is_file() and (folder / "exercises").is_dir()
                if folder.resolve() != ROOT and is_module and (folder / "work").is_dir():
                    found.append(folder)
    return found


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a pattern; links may lead anywhere, and devices may have no end."""
    found = sorted(folder.glob(pattern))
    return [path for path in found if path.is_file() and not path.is_symlink()]


def lines_of(work: Path) -> "Counter[bytes]":
    """Return the lines of all records in a folder, each as often as the record that has it most."""
    lines = Counter()  # type: "Counter[bytes]"
    for path in files_in(work, RECORDS):
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        lines |= Counter(line.strip() for line in content.split(b"\n") if line.strip())
    return lines


def answers_missing_here(folder: Path) -> int:
    """Return how many lines of the records of another folder are not in those of this one."""
    try:
        return (lines_of(folder / "work") - lines_of(work_folder())).total()
    except OSError:
        return 0


def take_answers(folder: Path) -> int:
    """Copy records, drafts and hand-ins of another folder of the module; nothing is replaced.

    Where this folder has another file of a name, the copy gets the name of the other folder too.
    The module reads several records as one.
    """
    work = folder / "work"
    try:
        if not files_in(work, RECORDS):
            raise Trouble(
                f"There are no saved answers in {work}: name the folder of the module in which "
                f"you answered, the one with start.py in it."
            )
        missing = answers_missing_here(folder)
        for pattern in (RECORDS, "drafts/*.txt", "hand-ins/*.json"):
            for path in files_in(work, pattern):
                copy_without_loss(path, work_folder() / path.relative_to(work), folder.name)
    except OSError as error:
        raise Trouble(f"{explain_os_error(error)[:-1]} (answers of {folder}).") from error
    if missing:
        count = "1 saved answer" if missing == 1 else f"{missing} saved answers"
        say(f"Copied {count} from {folder}, where nothing was changed.")
    else:
        say(f"All saved answers of {folder} are here already.")
    return 0


def copy_without_loss(path: Path, to: Path, origin: str) -> None:
    """Copy a file whole or not at all, under another name if one of its name is there."""
    content = path.read_bytes()
    if to.match(RECORDS) and is_within(content, to.parent):
        return
    others = (f"{to.stem} (from {origin} {number}){to.suffix}" for number in count(2))
    for name in chain([to.name, f"{to.stem} (from {origin}){to.suffix}"], others):
        to = to.with_name(name)
        if not to.exists():
            break
        if to.read_bytes() == content:
            return
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    try:
        part.touch(mode=0o600)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def is_within(content: bytes, work: Path) -> bool:
    """Say whether the records in a folder hold every line of another record."""
    lines = Counter(line.strip() for line in content.split(b"\n") if line.strip())
    return not lines - lines_of(work)


def quoted(path: Path) -> str:
    """Return a path as it is typed in a terminal."""
    return subprocess.list2cmdline([str(path)]) if ON_WINDOWS else shlex.quote(str(path))


def run_take(arguments: list[str]) -> int:
    """Copy the answers of the folder that is named."""
    if len(arguments) != 1:
        raise Trouble(f"Name one folder, such as: {START} take ../cybernorms-older.")
    return take_answers(Path(arguments[0]).expanduser().resolve())


# --- Running ---------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """Return the environment for everything that runs in `.venv`."""
    # Each of these would mix another installation into this one.
    unwanted = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in unwanted}
    # A part of PATH that is not a whole path leads to wherever a program starts.
    folders = [each for each in kept.get("PATH", "").split(os.pathsep) if is_whole(each)]
    kept["PATH"] = os.pathsep.join([str(program("python").parent), *folders])
    kept["VIRTUAL_ENV"] = str(VENV)
    kept["PIP_USER"] = "0"
    kept["UV_PYTHON_DOWNLOADS"] = "never"
    # Else a file in the folder in which a program starts would stand in for a library or program.
    kept["PYTHONSAFEPATH"] = "1"
    kept["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"
    return kept


def is_whole(folder: str) -> bool:
    """Say whether a part of PATH names a folder by its whole path."""
    return Path(folder.strip('"')).is_absolute()


def run_lab(arguments: list[str]) -> int:
    """Open JupyterLab on the first lesson; return its exit code when it ends."""
    check_port(arguments)
    prepare("lab")
    offer_answers()
    port = own_port(arguments)
    command = [str(program("python")), "-m", "jupyterlab", *lab_options(arguments), *port]
    say("Opening the first lesson in your browser. To end the module, press Ctrl+C here.")
    if ON_WINDOWS:
        with contextlib.suppress(KeyboardInterrupt):
            return run(command, environment())
        return 0
    # JupyterLab takes this program's place, and so gets its signals and gives its exit code.
    sys.stderr.flush()
    return os.execve(command[0], command, environment())


def lab_options(arguments: list[str]) -> list[str]:
    """Return the options for JupyterLab: the person's own, and ours where they gave none."""
    options = [f"--ServerApp.root_dir={ROOT}", "--ServerApp.answer_yes=True"]
    # The extension manager asks an online registry; the module has no business there.
    options.append("--LabApp.extension_manager=readonly")
    if option(arguments, "--ip", "--ServerApp.ip") is None:
        options.append("--ServerApp.ip=127.0.0.1")
    names_page = option(arguments, "--LabApp.default_url", "--ServerApp.default_url") is not None
    names_notebook = any(argument.endswith(".ipynb") for argument in arguments)
    if (ROOT / FIRST_LESSON).is_file() and not names_page and not names_notebook:
        options.append(f"--LabApp.default_url=/doc/tree/{FIRST_LESSON}")
    options += QUIET
    if not any(argument.partition("=")[0] in LOG_LEVELS for argument in arguments):
        options.append("--Application.log_level=ERROR")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in arguments:
        options.append("--allow-root")  # In a container there is often no other user.
    return options + arguments


def own_port(arguments: list[str]) -> list[str]:
    """Return the option for the port that belongs to this folder, unless one was given.

    To a browser another port is another place, in which it doesn't find the text that it kept. So
    the port follows from the folder and is the same from start to start.
    """
    if option(arguments, "--port", "--ServerApp.port") is not None:
        return []
    ip = option(arguments, "--ip", "--ServerApp.ip") or "127.0.0.1"
    first = FIRST_PORT + int(hashlib.sha256(str(ROOT).encode()).hexdigest()[:8], 16) % PORTS
    for port in range(first, first + PORTS_TRIED):
        if is_free(ip, port):
            if port != first:
                say(
                    f"Port {first}, the one of this folder, is taken; perhaps the module is open "
                    f"already. It opens on port {port} now. What is saved is there as always; "
                    f"text that only the browser kept is found on port {first} alone."
                )
            return [f"--ServerApp.port={port}"]
    return []


def option(arguments: list[str], *names: str) -> str | None:
    """Return the value given to an option, as `--name value` or `--name=value`."""
    for position, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in names:
            return value if equals else "".join(arguments[position + 1 : position + 2])
    return None


def check_port(arguments: list[str]) -> None:
    """Refuse a port that is taken, for JupyterLab would quietly use another."""
    port = option(arguments, "--port", "--ServerApp.port")
    if port is None:
        return
    if not port.isdecimal() or int(port) > 65535:
        raise Trouble(f"{port!r} is no port: give a number such as --port 8899.")
    ip = option(arguments, "--ip", "--ServerApp.ip") or "127.0.0.1"
    if not is_free(ip, int(port)):
        raise Trouble(
            f"Port {port} is taken or not allowed: close what uses it, or give another "
            f"number, or leave out --port and one will be found."
        )


def is_free(ip: str, port: int) -> bool:
    """Say whether a server could listen on a port."""
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if not ON_WINDOWS:  # As JupyterLab does, so that a port just given back counts as free.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("" if ip == "*" else ip, port))
        except OSError:
            return False
    return True


def run_tests(arguments: list[str]) -> int:
    """Run the tests of the package, then every notebook; return 0 when all have passed."""
    prepare("test")
    pytest = [str(program("python")), "-m", "pytest"]
    package = [*pytest, "-p", "no:nbval"]
    if arguments:
        code = run([*package, *arguments], environment(), ROOT)
        say("\nNotebooks were not run, for start.py test was given arguments of its own.")
        return code
    cores = [*package, "-n", "auto", "-m", "not browser", "tests"]
    codes = {"Package and data": run(cores, environment(), ROOT)}
    # Two browsers, each with a server of its own: they wait for one another less than for time.
    two = [*package, "-n", "2", "--dist", "loadfile", "-m", "browser", "tests"]
    # What a busy computer draws too late is tried once more, and said; what fails twice has failed.
    codes["Browser"] = run([*two, "--reruns", "1", "-rR"], environment(), ROOT)
    if notebooks():
        folders = [name for name in ("notebooks", "exercises") if (ROOT / name).is_dir()]
        nbval = ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=60", *folders]
        with tempfile.TemporaryDirectory() as work:
            codes["Notebooks"] = run([*pytest, *nbval], offline(work), ROOT)
    say("")
    for part, code in codes.items():
        say(f"{part}: " + ("passed." if code == 0 else f"FAILED (pytest ended with code {code})."))
    return next((code for code in codes.values() if code != 0), 0)


def notebooks() -> list[Path]:
    """Return the notebooks that there are to run."""
    return [*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "exercises").rglob("*.ipynb")]


def offline(work: str) -> dict[str, str]:
    """Return an environment without the network, and with an empty folder for answers."""
    # Python imports the sitecustomize.py that it finds first, and PYTHONPATH is searched first.
    blocker = str(ROOT / "tests" / "offline")
    return {**environment(), "PYTHONPATH": blocker, "CYBERNORMS_WORK": work}


def run(command: list[str], env: dict[str, str], folder: Path | None = None) -> int:
    """Run a command in the foreground and return its exit code, also after Ctrl+C."""
    with subprocess.Popen(command, env=env, cwd=folder) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.wait()  # Ctrl+C reached the child too, which now ends in its own way.
            raise


def main(arguments: list[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    task, rest = "lab", arguments
    if arguments and (arguments[0] in ("-h", "--help") or not arguments[0].startswith("-")):
        task, rest = arguments[0], arguments[1:]
    tasks = {"lab": run_lab, "test": run_tests, "take": run_take}
    if task in ("help", "-h", "--help"):
        say(USAGE)
        return 0
    if task not in tasks:
        return fail(
            f"start.py knows lab, test, take and help, not {task!r}: try {START} help.", code=2
        )
    try:
        return tasks[task](rest)
    except Trouble as trouble:
        return fail(str(trouble))
    except KeyboardInterrupt:
        return fail(f"\nStopped. To go on, start again with: {START}", code=130)
    except OSError as error:
        return fail(explain_os_error(error))


def explain_os_error(error: OSError) -> str:
    """Return one sentence for a file or folder that could not be used."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return FULL_DISK
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UNWRITABLE
    if error.errno == errno.ENOENT and str(ROOT) in str(error.filename):
        return f"{error.filename} is missing: download the module again and start again."
    return f"Something went wrong ({error}): start again, and if it fails again, delete .venv."


def fail(sentence: str, code: int = 1) -> int:
    """Print what went wrong where errors belong, and return the exit code."""
    sys.stdout.flush()
    print(sentence, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
